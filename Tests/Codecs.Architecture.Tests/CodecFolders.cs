using System.Text.RegularExpressions;

namespace Codecs.Architecture.Tests;

/// <summary>One folder per codec: a codec never imports another one; what two share moves down.</summary>
/// <remarks>A codec is a folder directly inside a modality project. The network of the same name is a folder of Models.</remarks>
internal static partial class CodecFolders
{
    private static readonly string[] s_shared = ["Codecs.Abstractions", "Codecs.Metrics"];

    /// <summary>Names of the codecs among these source files, sorted.</summary>
    internal static IReadOnlyList<string> Codecs(IEnumerable<string> paths) =>
    [
        .. paths.Select(p => p.Split('/'))
            .Where(p => p.Length >= 4 && p[0] == "Codecs" && !s_shared.Contains(p[1]) && p[^1].EndsWith(".cs", StringComparison.Ordinal))
            .Select(p => p[2]).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The codec that a file belongs to, or null for shared code.</summary>
    internal static string? Owner(string path, IReadOnlyList<string> codecs)
    {
        string[] parts = path.Split('/');
        return parts.Length >= 4 && parts[0] is "Codecs" or "Models" or "Tools" && codecs.Contains(parts[2]) ? parts[2] : null;
    }

    /// <summary>Codecs that a source file names although it belongs to another.</summary>
    internal static IEnumerable<string> ForeignCodecs(string path, string source, IReadOnlyList<string> codecs)
    {
        if (Owner(path, codecs) is not { } owner)
        {
            return [];
        }

        // Every word next to a dot: Codecs.Models.Other, Other.Type.
        IEnumerable<string> named = QualifiedNames().Matches(Comments().Replace(source, "")).Select(m => m.Value);
        return named.Where(n => n != owner && codecs.Contains(n)).Distinct();
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b\w+(?=\s*\.)|(?<=\.\s*)\w+")]
    private static partial Regex QualifiedNames();
}
