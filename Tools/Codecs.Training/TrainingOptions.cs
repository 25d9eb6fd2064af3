namespace Codecs.Training;

/// <summary>What every recipe needs to know.</summary>
public sealed record TrainingOptions
{
    private static readonly string[] s_soundExtensions = [".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a"];
    private static readonly string[] s_modelExtensions = [".obj", ".glb", ".gltf", ".ply", ".stl"];
    private static readonly string[] s_videoExtensions = [".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".ogv", ".mpg", ".y4m"];

    /// <summary>Folders with training media, searched with their subfolders.</summary>
    public required IReadOnlyList<string> DataFolders { get; init; }

    /// <summary>Folder for caches, checkpoints and logs; outside the repository.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Training time in minutes, all runs of this work folder together; the schedule follows it.</summary>
    public required double Minutes { get; init; }

    /// <summary>Continue from the newest checkpoint in the work folder.</summary>
    public bool Resume { get; init; }

    /// <summary>Weights to begin with, as <see cref="Models.ModelZoo.Find"/> takes them; null begins with random ones. For recipes that say so.</summary>
    public string? Start { get; init; }

    /// <summary>Minutes between checkpoints.</summary>
    public double CheckpointMinutes { get; init; } = 5;

    /// <summary>Last part of the time, 0..1, in which the learning rate falls to zero.</summary>
    public double DecayShare { get; init; } = 0.4;

    /// <summary>Threads of torch, where null leaves torch's own choice; sequences of a step for recipes without torch. On a busy machine one is fastest.</summary>
    public int? Threads { get; init; }

    /// <summary>Seed of weights and crops.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Latents of how many crops or stretches an export learns the start of adaptive contexts from; tests are content with few.</summary>
    internal int ContextMaps { get; init; } = 240;

    /// <summary>The files of all data folders, each once, in an order that does not depend on the file system.</summary>
    internal IEnumerable<string> DataFiles() =>
        DataFolders.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Those that are named like sounds.</summary>
    internal string[] SoundFiles() => [.. DataFiles().Where(f => IsNamed(f, s_soundExtensions))];

    /// <summary>Those that are named like videos.</summary>
    internal string[] VideoFiles() => [.. DataFiles().Where(f => IsNamed(f, s_videoExtensions))];

    /// <summary>Those that are named like 3D models.</summary>
    internal string[] ModelFiles() => [.. DataFiles().Where(f => IsNamed(f, s_modelExtensions))];

    /// <summary>Those that are not videos, and may be pictures.</summary>
    internal string[] PictureFiles() => [.. DataFiles().Where(f => !IsNamed(f, s_videoExtensions))];

    /// <summary>The data folders for messages.</summary>
    internal string DescribeFolders() => string.Join(", ", DataFolders.Select(f => $"'{f}'"));

    private static bool IsNamed(string file, string[] extensions) => extensions.Contains(Path.GetExtension(file).ToLowerInvariant());
}
