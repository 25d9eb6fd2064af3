using System.CommandLine;
using Codecs.Cli.Packets;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>Options about pictures in packets.</summary>
internal static class PacketTargets
{
    private const string Predict = "predict", Neighbours = "neighbours", Nothing = "none";

    internal static Option<string?> Size { get; } = CreateSize();

    internal static Option<double?> Protection { get; } = CommonOptions.WithCheck(
        new Option<double?>("--protect")
        {
            Description = "With --packets: percent of parity packets to add, 0 (default) to 100; each brings back one lost packet of its group.",
            HelpName = "PERCENT",
        },
        percent => percent is >= 0 and <= 100, "--protect lies in 0 to 100.");

    internal static Option<string?> Concealment { get; } = CommonOptions.WithCheck(
        new Option<string?>("--conceal")
        {
            Description = $"Packets: what to show where none arrived: {Predict} (default) what a network thinks belongs there, {Neighbours} what most neighbours show, {Nothing} code 0.",
            HelpName = "HOW",
        },
        how => how is Predict or Neighbours or Nothing, $"--conceal takes {Predict}, {Neighbours} or {Nothing}.");

    internal static Option<string?> ConfidenceMap { get; } = new("--confidence-map")
    {
        Description = "Packets: also write a grey PNG of the same size that tells what was guessed: white where packets arrived, the darker the less sure.",
        HelpName = "FILE",
    };

    internal static Option<string?> Codec { get; } = new("--codec")
    {
        Description = $"Packets: the model they were made with; they do not name it (default: {PacketShelf.DefaultModel}).",
        HelpName = "NAME",
    };

    /// <summary>The packets that the options ask for; null when they ask for none.</summary>
    /// <exception cref="UsageException">There is protection of no packets.</exception>
    internal static PacketOptions? Read(ParseResult result)
    {
        double? percent = result.GetValue(Protection);
        if (result.GetResult(Size) is not { } size)
        {
            return percent is null ? null : throw new UsageException("--protect adds packets to those of --packets.", "Give --packets as well.");
        }

        return new PacketOptions
        {
            MaxBytes = size.Tokens.Count > 0 && TryRead(size.Tokens[0].Value, out int bytes) ? bytes : PacketOptions.Default.MaxBytes,
            Protection = (percent ?? 0) / 100,
        };
    }

    internal static LossConcealment ReadConcealment(ParseResult result) => result.GetValue(Concealment) switch
    {
        Neighbours => LossConcealment.Neighbours,
        Nothing => LossConcealment.None,
        _ => LossConcealment.Predict,
    };

    private static Option<string?> CreateSize()
    {
        var option = new Option<string?>("--packets")
        {
            Description = $"Picture: write packets ({PacketShelf.Extension}) of at most so many bytes, {PacketOptions.FewestBytes} to {PacketFile.MaxPacketBytes} (default {PacketOptions.Default.MaxBytes}), each of use without the others; the codec is {PacketShelf.DefaultModel} unless named.",
            HelpName = "BYTES",
            Arity = ArgumentArity.ZeroOrOne,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !TryRead(result.Tokens[0].Value, out _))
            {
                result.AddError($"--packets takes bytes of a packet, {PacketOptions.FewestBytes} to {PacketFile.MaxPacketBytes}, or nothing; put file names before it.");
            }
        });
        return option;
    }

    private static bool TryRead(string text, out int bytes)
    {
        bool good = Quantity.TryParse(text, out double number) && number is >= PacketOptions.FewestBytes and <= PacketFile.MaxPacketBytes;
        bytes = (int)number;
        return good;
    }
}
