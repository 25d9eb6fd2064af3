using System.CommandLine;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Packets;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>channel: loses packets on purpose.</summary>
internal static class ChannelCommand
{
    private const string Name = "channel";

    private const string Explanation = """
        Losses:
          Without --burst every packet is lost with the same probability, whatever became of the others, as on a crowded network. With --burst N the
          channel stays bad for N packets on average once it is, as on radio, and the share that is lost stays the same. --bit-errors flips bits of what
          arrives; 'codecs decode' drops packets that fail their check. The same --seed loses the same packets.
        """;

    private static readonly Argument<string> s_input = new("IN") { Description = $"Packets to send: an {PacketShelf.Extension} file, or - for standard input." };

    private static readonly Argument<string> s_output = new("OUT") { Description = "What arrives; - is standard output." };

    private static readonly Option<double> s_loss = CommonOptions.WithCheck(
        new Option<double>("--loss") { Description = "Share of the packets that is lost on average, 0 to 1.", HelpName = "P" },
        p => p is >= 0 and <= 1, "--loss lies in 0 to 1.");

    private static readonly Option<double?> s_burst = CommonOptions.WithCheck(
        new Option<double?>("--burst") { Description = "Mean number of packets that are lost in a row, 1 or more.", HelpName = "N" },
        n => n is >= 1 and <= 1e6, "--burst takes a number from 1 to 1000000.");

    private static readonly Option<double> s_bitErrors = CommonOptions.WithCheck(
        new Option<double>("--bit-errors") { Description = "Probability that a bit of what arrives is flipped, 0 to 0.5.", HelpName = "P" },
        p => p is >= 0 and <= 0.5, "--bit-errors lies in 0 to 0.5.");

    private static readonly Option<ulong> s_seed = new("--seed") { Description = "Chooses which packets are lost.", DefaultValueFactory = _ => 1, HelpName = "N" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Sends packets over a made-up channel that loses some, to see what a receiver would get.",
            "codecs channel --loss 0.2 photo.ncp received.ncp", "codecs channel --loss 0.2 --burst 2 --seed 7 photo.ncp received.ncp",
            "codecs channel --bit-errors 1e-4 - - < photo.ncp | codecs decode - -o received.png")
        {
            s_input, s_output, s_loss, s_burst, s_bitErrors, s_seed, CommonOptions.Force,
        };
        verb.Notes = Explanation;
        verb.Validators.Add(result =>
        {
            if (result.GetValue(s_burst) is { } burst && result.GetValue(s_loss) * (burst + 1) > burst)
            {
                result.AddError($"Bursts of {Units.Number(burst, "0.##")} packets lose at most {Units.Number(burst / (burst + 1), "0.##")} of all; give a longer --burst or a lower --loss.");
            }
        });
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        string input = result.GetValue(s_input)!;
        var outputs = new OutputOptions(result.GetValue(s_output), Folder: null, result.GetValue(CommonOptions.Force), SkipExisting: false);
        CommonOptions.CheckJson(outputs, session);
        var channel = new PacketChannel { Loss = result.GetValue(s_loss), MeanBurst = result.GetValue(s_burst), BitErrors = result.GetValue(s_bitErrors) };
        List<WorkItem> items = OutputPlan.Create([new InputFile(input, Path.GetFileName(input))], outputs, PacketShelf.Extension);
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, _) =>
        {
            byte[] bytes = InputReader.ReadAll(item.Input);
            IReadOnlyList<ReadOnlyMemory<byte>> sent = PacketFile.Split(bytes), arrived = channel.Send(sent, result.GetValue(s_seed));
            byte[] file = PacketFile.Write(arrived);
            OutputPlan.Write(item, outputs, file);
            int lost = sent.Count - arrived.Count;
            return new FileReport
            {
                Input = item.Input.Path,
                Output = item.Output,
                Status = FileReport.Done,
                InputBytes = bytes.Length,
                OutputBytes = file.Length,
                Packets = new PacketsReport { Sent = sent.Count, Received = arrived.Count, Lost = lost },
                Text = $"{sent.Count} packets sent, {lost} lost",
            };
        });
    }
}
