using System.CommandLine;
using System.Text;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Packets;
using Codecs.Cli.Videos;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>info: what the headers of .ncf files and of packets say; nothing is decoded and torch is not loaded.</summary>
internal static class InfoCommand
{
    private const string Name = "info";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf and .ncp files");

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(Name, "Tells what .ncf and .ncp files hold, without decoding them.", "codecs info photo.ncf", "codecs info speech.ncf", "codecs info photo.ncp", "codecs info photo.ncf --json")
        {
            s_inputs, PacketTargets.Codec,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        List<WorkItem> items = [.. InputExpander.CodedFilesAndPackets.Expand(result.GetValue(s_inputs)!).Select(i => new WorkItem(i))];
        using var shelf = new ModelShelf(ImageCodecOptions.Default);
        return new Batch(session, Name) { TextIsData = true }.Run(items, (item, _) =>
        {
            byte[] bytes = InputReader.ReadAll(item.Input);
            if (PacketFile.IsPacketFile(bytes))
            {
                return PacketInspection.Describe(item, bytes, shelf.Open(result.GetValue(PacketTargets.Codec) ?? PacketShelf.DefaultModel));
            }

            NcfFile file = NcfFile.Parse(bytes, NcfLimits.Default);
            Track lead = file.Header.LeadTrack;
            var picture = lead as PictureTrack;
            var report = new FileReport
            {
                Input = item.Input.Path,
                Status = FileReport.Done,
                InputBytes = file.Bytes.Length,
                Width = picture?.Width,
                Height = picture?.Height,
                BitsPerPixel = file.Kind == MediaKind.Still ? Math.Round(8.0 * file.Bytes.Length / picture!.PixelCount, 5) : null,
                RatePoint = file.UnitsOf(lead).FirstOrDefault()?.RatePoint,
                Sound = Sound(file),
                Ncf = Describe(file, shelf),
            };
            report = report.Ncf!.Codebooks is null ? report : report with { RatePoint = null };
            if (file.Kind is MediaKind.Video or MediaKind.AudioVideo)
            {
                VideoReport video = VideoInspection.Describe(
                    () => new MemoryStream(bytes, writable: false), bytes.Length, file.ModelOf(lead) is { } model ? shelf.Videos.Find(model) : null, session.Cancellation);
                report = report with { Video = video, BitsPerPixel = Math.Round(8.0 * bytes.Length / Math.Max(1, video.Frames) / picture!.PixelCount, 5) };
                return report with { Text = VideoInspection.Text(item.Input.DisplayName, report) };
            }

            return report with { Text = Text(item.Input.DisplayName, report) };
        });
    }

    private static NcfReport Describe(NcfFile file, ModelShelf shelf)
    {
        Track lead = file.Header.LeadTrack;
        var picture = lead as PictureTrack;
        ModelReference? model = file.ModelOf(lead);
        return new NcfReport
        {
            Profile = Lower(file.Profile),
            Kind = Lower(file.Kind),
            Layout = picture is null ? null : Lower(picture.Layout),
            BitDepth = picture?.BitDepth,
            Alpha = picture is null ? null : file.AlphaTrack is not null || picture.Layout == PictureLayout.Rgba,
            Orientation = picture?.Orientation,
            Units = file.Units.Count,
            Segments = file.Segments.Count,
            Model = new NcfModelReport(
                string.IsNullOrEmpty(model?.Name) ? null : model.Name,
                model?.RegistryNumber is > 0 ? model.RegistryNumber : null,
                model?.Entropy.IsEmpty is false ? model.Entropy.ToString() : null,
                model?.Synthesis.IsEmpty is false ? model.Synthesis.ToString() : null,
                model?.Determinism is { } determinism ? Determinism(determinism) : null,
                model is null ? null : shelf.NameOf(model)),
            Codebooks = HasCodebooks(file, model, shelf) ? NcfCodebooksReport.Of(file) : null,
            Bytes = Parts(file),
            Metadata = [.. file.Metadata.Select(m => Lower(m.Key)), .. file.IccProfile is null ? (string[])[] : ["icc"]],
            Digest = file.Digest?.ToString(),
        };
    }

    // The name decides nothing, but without weights it is all there is to know them by.
    private static bool HasCodebooks(NcfFile file, ModelReference? model, ModelShelf shelf) =>
        file.Kind == MediaKind.Audio && model is not null && (model.Name == EncodeCommand.SpeechModel || shelf.Sounds.Find(model)?.Codebooks is not null);

    private static SoundReport? Sound(NcfFile file)
    {
        AudioTrack[] tracks = [.. file.Tracks.OfType<AudioTrack>()];
        if (tracks.Length == 0)
        {
            return null;
        }

        // A stream's header does not know the length; its units do, to a unit.
        double seconds = tracks[0].Samples > 0 ? (double)tracks[0].Samples / tracks[0].SampleRate
            : file.Header.TickRate.SecondsOf((file.UnitsOf(tracks[0]).LastOrDefault()?.Number + 1 ?? 0) * tracks[0].UnitTicks);
        return new SoundReport(
            tracks[0].SampleRate, tracks.Sum(t => t.Channels), tracks[0].Samples > 0 ? tracks[0].Samples : null, Math.Round(seconds, 3),
            seconds > 0 ? Math.Round(file.Bytes.Length * 8 / seconds / 1000, 3) : null);
    }

    private static NcfBytesReport Parts(NcfFile file)
    {
        long alpha = file.AlphaTrack is { } track ? file.UnitsOf(track).Sum(u => u.PayloadBytes) : 0;
        long colour = file.Units.Sum(u => u.PayloadBytes) - alpha;
        long metadata = file.Chunks.Where(c => c.Id == ChunkId.Metadata).Sum(c => c.TotalLength);
        long profile = file.Chunks.Where(c => c.Id == ChunkId.Colour).Sum(c => c.TotalLength);
        return new NcfBytesReport(file.Bytes.Length - colour - alpha - metadata - profile, colour, alpha, metadata, profile);
    }

    private static string Text(string name, FileReport report)
    {
        NcfReport ncf = report.Ncf!;
        var text = new StringBuilder().AppendLine(name);
        void Row(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append("  ").Append(key.PadRight(12)).AppendLine(value);
            }
        }

        Row("kind", ncf.Kind == Lower(MediaKind.Still) ? null : $"{ncf.Kind}, {ncf.Units} units in {ncf.Segments} segments");
        Row("picture", ncf.Layout is null ? null : $"{report.Width} x {report.Height}, {ncf.Layout}{(ncf.Alpha == true ? " with alpha" : "")}, {ncf.BitDepth} bits");
        Row("sound", report.Sound is not { } sound ? null : $"{sound.SampleRate} Hz, {sound.Channels} {(sound.Channels == 1 ? "channel" : "channels")}, {(sound.Samples is null ? "at most " : "")}{Units.Seconds(sound.Duration ?? 0)}, {Units.Number(sound.KilobitsPerSecond ?? 0, "0.0")} kbit/s");
        Row("codebooks", ncf.Codebooks?.Describe());
        Row("payloads", ncf.Codebooks?.DescribeBytes());
        Row("size", $"{report.InputBytes} bytes{(report.BitsPerPixel is { } bpp ? $", {Units.Number(bpp, "0.000")} bpp" : "")}");
        Row("container", $"{ncf.Profile} profile");
        Row("model", ncf.Model.Name ?? (ncf.Model.RegistryNumber is { } number ? $"number {number}" : null));
        Row("entropy", ncf.Model.EntropyFingerprint);
        Row("synthesis", ncf.Model.SynthesisFingerprint);
        Row("installed", ncf.Model.InstalledAs ?? "no: these weights are not here");
        Row("rate point", report.RatePoint is { } rate ? Units.Number(rate, "0") : null);
        Row("decodes", ncf.Model.Determinism);
        Row("bytes", $"header {ncf.Bytes.Header}, {(ncf.Layout is null ? "units" : "colour")} {ncf.Bytes.Colour}, alpha {ncf.Bytes.Alpha}, metadata {ncf.Bytes.Metadata}, profile {ncf.Bytes.Profile}");
        Row("metadata", ncf.Metadata.Count > 0 ? string.Join(", ", ncf.Metadata) : "none");
        Row("sha-256", ncf.Digest);
        return text.ToString().TrimEnd();
    }

    private static string Determinism(DeterminismClass value) => value switch
    {
        DeterminismClass.IntegerExact => "exact on any machine",
        DeterminismClass.ExactInFloats => "exact where the model's self-test passes",
        _ => "only on the kind of machine that wrote it",
    };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
