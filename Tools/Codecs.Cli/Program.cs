using Codecs.Cli;
using Codecs.Cli.Commands;
using Codecs.Cli.Output;

// The outermost edge: the only place that catches everything, so that no user ever sees a bare stack trace.
using var interruption = new Interruption();
try
{
    return CommandLine.Run(args, interruption);
}
catch (Exception error)
{
    Failure failure = Failure.Of(error, interruption) ?? Failure.Unexpected(error);
    return ErrorOutput.Write(failure, CommandLine.VerbOf(args), CommandLine.WantsJson(args), CommandLine.WantsDetails(args) ? error : null);
}
