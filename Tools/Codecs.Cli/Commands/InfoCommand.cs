using System.CommandLine;
using System.Text;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>info: what the headers of .ncf files say; nothing is decoded and torch is not loaded.</summary>
internal static class InfoCommand
{
    private const string Name = "info";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files");

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(Name, "Tells what .ncf files hold, without decoding them.", "codecs info photo.ncf", "codecs info photo.ncf --json") { s_inputs };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        List<WorkItem> items = [.. InputExpander.CodedFiles.Expand(result.GetValue(s_inputs)!).Select(i => new WorkItem(i))];
        using var shelf = new ModelShelf(ImageCodecOptions.Default);
        return new Batch(session, Name) { TextIsData = true }.Run(items, (item, _) =>
        {
            NcfFile file = NcfFile.Parse(InputReader.ReadAll(item.Input), NcfLimits.Default);
            PictureTrack colour = file.ColourTrack;
            var report = new FileReport
            {
                Input = item.Input.Path,
                Status = FileReport.Done,
                InputBytes = file.Bytes.Length,
                Width = colour.Width,
                Height = colour.Height,
                BitsPerPixel = Math.Round(8.0 * file.Bytes.Length / colour.PixelCount, 5),
                RatePoint = file.UnitsOf(colour).FirstOrDefault()?.RatePoint,
                Ncf = Describe(file, shelf),
            };
            return report with { Text = Text(item.Input.DisplayName, report) };
        });
    }

    private static NcfReport Describe(NcfFile file, ModelShelf shelf)
    {
        PictureTrack colour = file.ColourTrack;
        ModelReference? model = file.ModelOf(colour);
        return new NcfReport
        {
            Profile = Lower(file.Profile),
            Layout = Lower(colour.Layout),
            BitDepth = colour.BitDepth,
            Alpha = file.AlphaTrack is not null || colour.Layout == PictureLayout.Rgba,
            Orientation = colour.Orientation,
            Model = new NcfModelReport(
                string.IsNullOrEmpty(model?.Name) ? null : model.Name,
                model?.RegistryNumber is > 0 ? model.RegistryNumber : null,
                model?.Entropy.IsEmpty is false ? model.Entropy.ToString() : null,
                model?.Synthesis.IsEmpty is false ? model.Synthesis.ToString() : null,
                model?.Determinism is { } determinism ? Determinism(determinism) : null,
                model is null ? null : shelf.Find(model)?.Name),
            Bytes = Parts(file),
            Metadata = [.. file.Metadata.Select(m => Lower(m.Key)), .. file.IccProfile is null ? (string[])[] : ["icc"]],
            Digest = file.Digest?.ToString(),
        };
    }

    private static NcfBytesReport Parts(NcfFile file)
    {
        long colour = file.UnitsOf(file.ColourTrack).Sum(u => u.PayloadBytes);
        long alpha = file.AlphaTrack is { } track ? file.UnitsOf(track).Sum(u => u.PayloadBytes) : 0;
        long metadata = file.Chunks.Where(c => c.Id == ChunkId.Metadata).Sum(c => (long)c.TotalLength);
        long profile = file.Chunks.Where(c => c.Id == ChunkId.Colour).Sum(c => (long)c.TotalLength);
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

        Row("picture", $"{report.Width} x {report.Height}, {ncf.Layout}{(ncf.Alpha ? " with alpha" : "")}, {ncf.BitDepth} bits");
        Row("size", $"{report.InputBytes} bytes, {Units.Number(report.BitsPerPixel!.Value, "0.000")} bpp");
        Row("container", $"{ncf.Profile} profile");
        Row("model", ncf.Model.Name ?? (ncf.Model.RegistryNumber is { } number ? $"number {number}" : null));
        Row("entropy", ncf.Model.EntropyFingerprint);
        Row("synthesis", ncf.Model.SynthesisFingerprint);
        Row("installed", ncf.Model.InstalledAs ?? "no: these weights are not here");
        Row("rate point", report.RatePoint is { } rate ? Units.Number(rate, "0") : null);
        Row("decodes", ncf.Model.Determinism);
        Row("bytes", $"header {ncf.Bytes.Header}, colour {ncf.Bytes.Colour}, alpha {ncf.Bytes.Alpha}, metadata {ncf.Bytes.Metadata}, profile {ncf.Bytes.Profile}");
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
