namespace Codecs.Architecture.Tests;

/// <summary>Who may reference whom: Abstractions, then EntropyCoding and Formats, then Models, then Codecs, then Tools and Examples. Arrows point one way.</summary>
internal static class Layering
{
    private const string Torch = "TorchSharp", NativeTorch = "libtorch";

    private enum Layer
    {
        Abstractions,
        EntropyCoding,
        Formats,
        Metrics,
        Models,
        Modality,
        Tools,
        Examples,
        Tests,
    }

    private static readonly Dictionary<Layer, Layer[]> s_mayUse = new()
    {
        [Layer.Abstractions] = [],
        [Layer.EntropyCoding] = [Layer.Abstractions],
        [Layer.Formats] = [Layer.Abstractions],
        [Layer.Metrics] = [Layer.Abstractions],
        [Layer.Models] = [Layer.Abstractions, Layer.EntropyCoding, Layer.Formats],
        [Layer.Modality] = [Layer.Abstractions, Layer.EntropyCoding, Layer.Formats, Layer.Metrics, Layer.Models],
        [Layer.Tools] = [Layer.Abstractions, Layer.EntropyCoding, Layer.Formats, Layer.Metrics, Layer.Models, Layer.Modality, Layer.Tools],
        [Layer.Examples] = [Layer.Abstractions, Layer.EntropyCoding, Layer.Formats, Layer.Metrics, Layer.Models, Layer.Modality],
        [Layer.Tests] = [Layer.Abstractions, Layer.EntropyCoding, Layer.Formats, Layer.Metrics, Layer.Models, Layer.Modality, Layer.Tools],
    };

    // Inside a layer only this: weights are hashed by the names that files store; the textures of 3D models are pictures.
    private static readonly HashSet<(string From, string To)> s_exceptions = [("Codecs.Formats.Weights", "Codecs.Formats.Container"), ("Codecs.Geometry", "Codecs.Images")];

    /// <summary>Everything that breaks the rules, one sentence each; empty when the house stands.</summary>
    internal static IReadOnlyList<string> Violations(IReadOnlyList<ProjectFile> projects)
    {
        var problems = new List<string>();
        Dictionary<string, ProjectFile> byName = projects.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (ProjectFile project in projects)
        {
            if (LayerOf(project) is not { } layer)
            {
                problems.Add($"{project.Path} lies in no known layer.");
                continue;
            }

            CheckReferences(project, layer, byName, problems);
            CheckTorch(project, layer, byName, problems);
        }

        return problems;
    }

    private static Layer? LayerOf(ProjectFile project) => (project.Area, project.Name) switch
    {
        ("Codecs", "Codecs.Abstractions") => Layer.Abstractions,
        ("Codecs", "Codecs.Metrics") => Layer.Metrics,
        ("Codecs", _) => Layer.Modality,
        ("EntropyCoding", _) => Layer.EntropyCoding,
        ("Formats", _) => Layer.Formats,
        ("Models", _) => Layer.Models,
        ("Tools", _) => Layer.Tools,
        ("Examples", _) => Layer.Examples,
        ("Tests", _) => Layer.Tests,
        _ => null,
    };

    private static void CheckReferences(ProjectFile project, Layer layer, Dictionary<string, ProjectFile> byName, List<string> problems)
    {
        foreach (string name in project.References)
        {
            if (!byName.TryGetValue(name, out ProjectFile? target) || LayerOf(target) is not { } below)
            {
                problems.Add($"{project.Name} references {name}, which is no project of the repository.");
            }
            else if (!s_mayUse[layer].Contains(below) && !s_exceptions.Contains((project.Name, target.Name)))
            {
                problems.Add($"{project.Name} ({layer}) must not reference {target.Name} ({below}).");
            }
        }
    }

    private static void CheckTorch(ProjectFile project, Layer layer, Dictionary<string, ProjectFile> byName, List<string> problems)
    {
        bool isProgram = layer is Layer.Tools or Layer.Examples or Layer.Tests;
        if (project.Packages.FirstOrDefault(p => p.StartsWith(NativeTorch, StringComparison.OrdinalIgnoreCase)) is { } native)
        {
            problems.Add($"{project.Name} names {native}; programs say UsesTorchRuntime instead.");
        }

        if (project.UsesTorchRuntime && !isProgram)
        {
            problems.Add($"{project.Name} ({layer}) brings libtorch along; only programs in Tools, Examples and Tests do.");
        }

        if (!ReachesTorch(project, byName, []))
        {
            return;
        }

        if (layer is not (Layer.Models or Layer.Modality or Layer.Tools or Layer.Examples or Layer.Tests))
        {
            problems.Add($"{project.Name} ({layer}) reaches {Torch}; this layer works without torch.");
        }
        else if (layer == Layer.Modality && NamesTorch(project))
        {
            problems.Add($"{project.Name} references {Torch} itself; networks belong into Models.");
        }
        else if (layer == Layer.Tests && NamesTorch(project) && !project.UsesTorchRuntime)
        {
            problems.Add($"{project.Name} references {Torch} but does not say UsesTorchRuntime.");
        }
    }

    private static bool NamesTorch(ProjectFile project) => project.Packages.Any(p => p.StartsWith(Torch, StringComparison.OrdinalIgnoreCase));

    private static bool ReachesTorch(ProjectFile project, Dictionary<string, ProjectFile> byName, HashSet<string> seen) =>
        seen.Add(project.Name) &&
        (NamesTorch(project) || project.References.Any(r => byName.TryGetValue(r, out ProjectFile? next) && ReachesTorch(next, byName, seen)));
}
