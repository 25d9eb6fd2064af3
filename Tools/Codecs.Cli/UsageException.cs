namespace Codecs.Cli;

/// <summary>The command line asks for something that makes no sense; found after parsing.</summary>
internal sealed class UsageException(string message, string? hint = null) : Exception(message)
{
    internal string? Hint { get; } = hint;
}
