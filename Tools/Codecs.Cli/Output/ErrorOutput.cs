using Codecs.Cli.Files;

namespace Codecs.Cli.Output;

/// <summary>The end of a run that failed as a whole.</summary>
internal static class ErrorOutput
{
    /// <returns>The exit code.</returns>
    internal static int Write(Failure failure, string? verb, bool json, Exception? details = null)
    {
        Console.Error.WriteLine(Sentence(failure));
        if (details is not null)
        {
            Console.Error.WriteLine(details);
        }

        if (json)
        {
            StandardStreams.Write(ReportJson.ToBytes(new RunReport { Command = verb, ExitCode = failure.ExitCode, Error = ErrorReport.From(failure) }));
        }

        return failure.ExitCode;
    }

    /// <summary>One line: what happened and what to do.</summary>
    internal static string Sentence(Failure failure, string? name = null) =>
        $"{name ?? "codecs"}: {failure.Message}{(failure.Hint is null ? "" : " " + failure.Hint)}";
}
