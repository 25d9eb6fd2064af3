namespace Codecs.Cli.Files;

/// <summary>One input after folders and patterns were expanded.</summary>
/// <param name="Path">The file as the user would write it, or "-".</param>
/// <param name="RelativePath">Its place in the tree that --out-dir rebuilds.</param>
internal sealed record InputFile(string Path, string RelativePath)
{
    /// <summary>Why there is nothing to read, for a pattern or folder without files; else null.</summary>
    internal string? Problem { get; init; }

    /// <summary>What standard input held, once it was read; it cannot be read twice.</summary>
    internal byte[]? Content { get; init; }

    internal bool IsStandardInput => Path == StandardStreams.Dash;

    internal string DisplayName => IsStandardInput ? "standard input" : Path;
}
