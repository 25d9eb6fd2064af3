namespace Codecs.Cli;

/// <summary>An error as the user gets it: exit code, a stable name for programs, what happened and what to do.</summary>
internal sealed record Failure(int ExitCode, string Code, string Message, string? Hint = null, long? Offset = null)
{
    /// <summary>The failure that an error means, or null when it is none that is expected to happen.</summary>
    internal static Failure? Of(Exception error, Interruption interruption) => error switch
    {
        UsageException e => new(Cli.ExitCode.Usage, "usage", e.Message, e.Hint),
        RefusedException e => new(Cli.ExitCode.Refused, e.Code, e.Message, e.Hint),
        InvalidBitstreamException e => new(Cli.ExitCode.BadInput, "invalid-bitstream", e.Message, Offset: e.Offset),
        UnsupportedBitstreamException e => new(Cli.ExitCode.BadInput, "unsupported-bitstream", e.Message, "A newer version of this program may read it."),
        LimitExceededException e => new(Cli.ExitCode.BadInput, "limit-exceeded", e.Message),
        MediaException e => new(Cli.ExitCode.BadInput, "media", e.Message),
        ModelMismatchException e => new(Cli.ExitCode.Model, "model", e.Message, "'codecs models' lists what is installed."),
        TargetUnreachableException e => new(Cli.ExitCode.Failed, "target-unreachable", e.Message),
        CodecException e => new(Cli.ExitCode.Failed, "codec", e.Message),
        OperationCanceledException => new(interruption.ExitCode, "interrupted", "Interrupted."),
        IOException or UnauthorizedAccessException => new(Cli.ExitCode.Failed, "io", error.Message),
        OutOfMemoryException => new(Cli.ExitCode.Failed, "out-of-memory", "There is not enough memory for this.", "A smaller picture or a shorter sound needs less."),
        _ => null,
    };

    /// <summary>The failure of an error that should not happen.</summary>
    internal static Failure Unexpected(Exception error) => new(
        Cli.ExitCode.Failed, "internal", $"{error.GetType().Name}: {error.Message}", "This is a fault of the program; --verbose shows where it happened.");
}
