namespace Codecs.Cli.Output;

/// <summary>An error for programs.</summary>
internal sealed record ErrorReport(string Code, string Message, string? Hint, long? Offset)
{
    internal static ErrorReport From(Failure failure) => new(failure.Code, failure.Message, failure.Hint, failure.Offset);
}
