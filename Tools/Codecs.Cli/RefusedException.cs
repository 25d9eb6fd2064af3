namespace Codecs.Cli;

/// <summary>Something that exists would be lost.</summary>
internal sealed class RefusedException(string code, string message, string hint) : Exception(message)
{
    /// <summary>Stable name for programs: output-exists, same-file, output-collision, checkpoint-exists, form.</summary>
    internal string Code { get; } = code;

    internal string Hint { get; } = hint;
}
