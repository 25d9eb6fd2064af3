using System.CommandLine;
using Codecs.Cli.Output;

namespace Codecs.Cli.Commands;

/// <summary>A verb: a command that reports what it did, with examples for its help.</summary>
internal sealed class Verb : Command
{
    internal Verb(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Lines as they would be typed, the most telling one first.</summary>
    internal IReadOnlyList<string> Examples { get; }

    /// <summary>What the options cannot say, printed before the examples.</summary>
    internal string? Notes { get; set; }

    /// <summary>Sets what the verb does.</summary>
    internal void Runs(Func<ParseResult, Session, RunReport> run, Interruption interruption) => SetAction(result =>
    {
        Session session = CommonOptions.ReadSession(result, interruption);
        return session.Finish(run(result, session));
    });
}
