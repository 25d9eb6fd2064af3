namespace Codecs.Cli.Files;

/// <summary>One input and where its result goes.</summary>
/// <param name="Input">The input.</param>
/// <param name="Output">A path, "-", or null for verbs that write no file.</param>
internal sealed record WorkItem(InputFile Input, string? Output = null)
{
    /// <summary>Why this item must not be done, known before any work; else null.</summary>
    internal RefusedException? Refusal { get; init; }

    internal bool IsStandardOutput => Output == StandardStreams.Dash;
}
