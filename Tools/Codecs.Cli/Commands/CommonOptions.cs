using System.CommandLine;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Images;
using Codecs.Models;

namespace Codecs.Cli.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    internal const string JsonName = "--json", VerboseName = "--verbose";

    internal static Option<bool> Json { get; } = new(JsonName) { Description = "Print one JSON object with stable keys on standard output.", Recursive = true };

    internal static Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress, no warnings, no summary; errors only.", Recursive = true };

    internal static Option<bool> Verbose { get; } = new(VerboseName) { Description = "Show where in the program an unexpected error happened.", Recursive = true };

    internal static Option<string?> Report { get; } = new("--report")
    {
        Description = "Write the JSON object to a file instead.",
        HelpName = "FILE",
        Recursive = true,
    };

    internal static Option<int?> Threads { get; } = WithCheck(
        new Option<int?>("--threads") { Description = "Threads for the networks (default: all processors).", HelpName = "N" },
        value => value >= 1, "--threads takes a number of 1 or more.");

    internal static Option<string> Device { get; } = CreateDevice();

    internal static Option<string?> Output { get; } = new("--output", "-o") { Description = "Output file; - is standard output.", HelpName = "OUT" };

    internal static Option<string?> OutputFolder { get; } = new("--out-dir")
    {
        Description = "Folder for the outputs; trees of folders and patterns are kept below it.",
        HelpName = "DIR",
    };

    internal static Option<bool> Force { get; } = new("--force", "-f") { Description = "Replace outputs that exist." };

    internal static Option<bool> SkipExisting { get; } = new("--skip-existing") { Description = "Pass over inputs whose output exists." };

    internal static Argument<string[]> Inputs(string what)
    {
        var inputs = new Argument<string[]>("IN")
        {
            Description = $"{what}: files, folders, patterns with * and **, or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };

        // Otherwise a mistyped option would pass for a file.
        inputs.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-') is { } token)
            {
                result.AddError($"'{token.Value}' is no option; a file of that name is ./{token.Value}.");
            }
        });
        return inputs;
    }

    /// <summary>Adds a check with its message; an option that was not given is not checked.</summary>
    internal static Option<T> WithCheck<T>(Option<T> option, Predicate<T?> holds, string message)
    {
        option.Validators.Add(result =>
        {
            if (!result.Implicit && !result.Errors.Any() && !holds(result.GetValueOrDefault<T>()))
            {
                result.AddError(message);
            }
        });
        return option;
    }

    internal static Session ReadSession(ParseResult result, Interruption interruption) => new(
        new Terminal(result.GetValue(Quiet)), interruption, result.GetValue(Json), result.GetValue(Report));

    /// <exception cref="UsageException">The options contradict each other.</exception>
    internal static OutputOptions ReadOutputs(ParseResult result, Session session)
    {
        var outputs = new OutputOptions(
            result.GetValue(Output), result.GetValue(OutputFolder), result.GetValue(Force), result.GetValue(SkipExisting));
        if (outputs.Path is not null && outputs.Folder is not null)
        {
            throw new UsageException("-o and --out-dir exclude each other.");
        }

        if (outputs.Force && outputs.SkipExisting)
        {
            throw new UsageException("--force and --skip-existing exclude each other.");
        }

        CheckJson(outputs, session);
        return outputs;
    }

    /// <exception cref="UsageException">The report would be mixed with the output.</exception>
    internal static void CheckJson(OutputOptions outputs, Session session)
    {
        if (outputs.IsStandardOutput && session.Json && session.ReportPath is null)
        {
            throw new UsageException("--json and the output - would both write to standard output.", "Send the JSON elsewhere with --report FILE.");
        }
    }

    /// <exception cref="UsageException">There is no such GPU.</exception>
    internal static ImageCodecOptions ReadCodecOptions(ParseResult result)
    {
        string device = result.GetValue(Device) ?? "auto";
        if (device.StartsWith("cuda", StringComparison.Ordinal))
        {
            CheckGpu(device);
        }

        return new ImageCodecOptions { Device = device, Threads = result.GetValue(Threads) ?? Environment.ProcessorCount };
    }

    // A method of its own: only this road loads torch before it is needed.
    private static void CheckGpu(string device)
    {
        try
        {
            ComputeDevice.Parse(device);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static Option<string> CreateDevice()
    {
        var option = new Option<string>("--device")
        {
            Description = "auto (a GPU if there is one), cpu, cuda or cuda:N.",
            DefaultValueFactory = _ => "auto",
            HelpName = "DEVICE",
        };
        return WithCheck(option, IsDevice, "--device takes auto, cpu, cuda or cuda:N.");
    }

    private static bool IsDevice(string? text) => text is "auto" or "cpu" or "cuda" ||
        (text is not null && text.StartsWith("cuda:", StringComparison.Ordinal) && text.Length is > 5 and < 9 && text.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0);
}
