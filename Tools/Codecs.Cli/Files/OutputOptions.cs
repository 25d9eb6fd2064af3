namespace Codecs.Cli.Files;

/// <summary>Where results go and what may be replaced.</summary>
/// <param name="Path">One output file, or "-"; null when names follow the inputs.</param>
/// <param name="Folder">Folder that receives the inputs' tree; null: beside each input.</param>
/// <param name="Force">Replace what exists.</param>
/// <param name="SkipExisting">Pass over inputs whose output exists.</param>
internal sealed record OutputOptions(string? Path, string? Folder, bool Force, bool SkipExisting)
{
    internal bool IsStandardOutput => Path == StandardStreams.Dash;
}
