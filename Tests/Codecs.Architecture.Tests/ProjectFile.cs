using System.Xml.Linq;

namespace Codecs.Architecture.Tests;

/// <summary>What a project file says about its place in the house.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="References">Names of referenced projects.</param>
/// <param name="Packages">Names of referenced packages.</param>
/// <param name="UsesTorchRuntime">True when the project brings libtorch along.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool UsesTorchRuntime)
{
    /// <summary>The project's name: its file without folder and extension.</summary>
    internal string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder at the top of the repository.</summary>
    internal string Area => Path[..Path.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Takes a project file's text apart. References that only order the build (no output referenced) do not count.</summary>
    internal static ProjectFile Parse(string path, string xml)
    {
        XElement root = XElement.Parse(xml);
        return new ProjectFile(
            path,
            [.. root.Descendants("ProjectReference").Where(IsOutputReferenced).Select(Include).Select(p => System.IO.Path.GetFileNameWithoutExtension(p.Replace('\\', '/')))],
            [.. root.Descendants("PackageReference").Select(Include)],
            root.Descendants("UsesTorchRuntime").Any(e => e.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase)));
    }

    private static string Include(XElement item) => (string?)item.Attribute("Include") ?? (string?)item.Attribute("Update") ?? "";

    private static bool IsOutputReferenced(XElement reference) =>
        !string.Equals((string?)reference.Attribute("ReferenceOutputAssembly") ?? (string?)reference.Element("ReferenceOutputAssembly"), "false", StringComparison.OrdinalIgnoreCase);
}
