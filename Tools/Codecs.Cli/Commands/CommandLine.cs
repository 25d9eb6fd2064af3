using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Codecs.Cli.Output;

namespace Codecs.Cli.Commands;

/// <summary>The whole command line: all verbs, help, version, and what happens to a line that cannot be parsed.</summary>
internal static class CommandLine
{
    private const string Description = "Compresses pictures, sound and video with neural networks into .ncf files and brings them back.";

    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    internal static int Run(string[] args, Interruption interruption)
    {
        // Names may begin with @ here, so no response files.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        ParseResult result = CreateRoot(interruption).Parse(args, parsing);
        if (result.Action is ParseErrorAction)
        {
            return ErrorOutput.Write(ParseFailure(result), VerbOf(args), WantsJson(args));
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    internal static bool WantsJson(string[] args) => args.Contains(CommonOptions.JsonName);

    internal static bool WantsDetails(string[] args) => args.Contains(CommonOptions.VerboseName);

    /// <summary>The verb that was meant, for reports about lines that failed.</summary>
    internal static string? VerbOf(string[] args) => Array.Find(args, a => !a.StartsWith('-'));

    private static RootCommand CreateRoot(Interruption interruption)
    {
        var root = new RootCommand(Description)
        {
            EncodeCommand.Create(interruption),
            DecodeCommand.Create(interruption),
            PlayCommand.Create(interruption),
            InfoCommand.Create(interruption),
            VerifyCommand.Create(interruption),
            RemuxCommand.Create(interruption),
            TruncateCommand.Create(interruption),
            ChannelCommand.Create(interruption),
            LatentsCommand.Create(interruption),
            TokensCommand.Create(interruption),
            EvalCommand.Create(interruption),
            ModelsCommand.Create(interruption),
            TrainCommand.Create(interruption),
        };
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.Report);
        root.Options.Add(CommonOptions.Quiet);
        root.Options.Add(CommonOptions.Verbose);
        foreach (Option option in root.Options)
        {
            option.Action = option switch
            {
                HelpOption { Action: HelpAction help } => new ExampleHelp(help),
                VersionOption => new VersionAction(),
                _ => option.Action,
            };
        }

        return root;
    }

    // A verb that does not exist is reported by the library as a missing one.
    private static Failure ParseFailure(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string path = command is RootCommand ? "codecs" : $"codecs {command.Name}";
        string message = command is RootCommand && result.UnmatchedTokens.Count > 0
            ? $"'{result.UnmatchedTokens[0]}' is no verb; there are {string.Join(", ", command.Subcommands.Select(c => c.Name))}."
            : result.Errors.Count > 0 ? result.Errors[0].Message : "The command line cannot be understood.";
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new Failure(ExitCode.Usage, "usage", line.EndsWith('.') ? line : line + ".", $"'{path} --help' explains.");
    }
}
