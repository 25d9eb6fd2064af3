using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Codecs.Cli.Commands;

/// <summary>The library's help, then notes and examples; on the root also the exit codes.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        Exit codes:
          0 done, 1 failed, 2 wrong usage, 3 input missing, corrupt or not supported, 4 refused (output exists),
          5 model missing or different, 6 verification failed, 130 interrupted. Of several, the highest.
        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IEnumerable<string> examples = command is Verb verb ? verb.Examples : command.Subcommands.OfType<Verb>().SelectMany(v => v.Examples.Take(1));
        if (command is Verb { Notes: { } notes })
        {
            output.WriteLine(notes);
            output.WriteLine();
        }

        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        if (command is RootCommand)
        {
            output.WriteLine(ExitCodes);
            output.WriteLine();
        }

        return ExitCode.Done;
    }
}
