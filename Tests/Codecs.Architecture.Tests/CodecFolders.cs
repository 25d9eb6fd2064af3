using System.Text.RegularExpressions;

namespace Codecs.Architecture.Tests;

/// <summary>One folder per codec: a codec never imports another one; what two share moves down.</summary>
/// <remarks>A codec is a folder directly inside a modality project in which a type implements the modality's interface, ISomethingCodec. Other folders there hold what
/// codecs share and name none of them. The network of the same name is a folder of Models.</remarks>
internal static partial class CodecFolders
{
    private static readonly string[] s_shared = ["Codecs.Abstractions", "Codecs.Metrics"];

    /// <summary>Folders of the codecs among these source files, sorted.</summary>
    /// <param name="paths">Source files.</param>
    /// <param name="read">Their text.</param>
    internal static IReadOnlyList<string> Folders(IEnumerable<string> paths, Func<string, string> read) =>
    [
        .. paths.Where(p => IsInModality(p.Split('/')) && Implementations().IsMatch(Comments().Replace(read(p), "")))
            .Select(p => string.Join('/', p.Split('/')[..3])).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the codecs of some folders, sorted.</summary>
    internal static IReadOnlyList<string> Names(IEnumerable<string> folders) => [.. folders.Select(f => f.Split('/')[2]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The folder whose rules a file keeps: that of its codec, or one that codecs of a modality share; null for code that may name codecs.</summary>
    internal static string? Owner(string path, IReadOnlyList<string> codecs)
    {
        string[] parts = path.Split('/');
        return IsInModality(parts) || (parts.Length >= 4 && parts[0] is "Models" or "Tools" && codecs.Contains(parts[2])) ? parts[2] : null;
    }

    /// <summary>Codecs that a source file names although it belongs to another, or to none.</summary>
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

    private static bool IsInModality(string[] parts) =>
        parts.Length >= 4 && parts[0] == "Codecs" && !s_shared.Contains(parts[1]) && parts[^1].EndsWith(".cs", StringComparison.Ordinal);

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b\w+(?=\s*\.)|(?<=\.\s*)\w+")]
    private static partial Regex QualifiedNames();

    // In the list of base types: before the body, and not what a type parameter has to be.
    [GeneratedRegex(@"\b(?:class|record|struct)\s+\w+(?:(?!\bwhere\b)[^{;])*:(?:(?!\bwhere\b)[^{;])*\bI[A-Z]\w*Codec\b")]
    private static partial Regex Implementations();
}
