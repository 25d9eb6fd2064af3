using Codecs.Cli.Files;
using Codecs.Cli.Output;

namespace Codecs.Cli;

/// <summary>What one run of a verb needs besides its own options.</summary>
internal sealed record Session(Terminal Terminal, Interruption Interruption, bool Json, string? ReportPath)
{
    internal CancellationToken Cancellation => Interruption.Token;

    /// <summary>Hands the report to whoever asked for it.</summary>
    /// <returns>The exit code.</returns>
    internal int Finish(RunReport report)
    {
        if (ReportPath is not null)
        {
            AtomicFile.Write(ReportPath, ReportJson.ToBytes(report), overwrite: true);
        }
        else if (Json)
        {
            StandardStreams.Write(ReportJson.ToBytes(report));
        }

        return report.ExitCode;
    }
}
