using System.CommandLine;
using System.Globalization;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>latents: the compressed domain as tensor files, for networks that work there.</summary>
internal static class LatentsCommand
{
    private const string Name = "latents", TensorName = "latent", Safetensors = "safetensors", Npy = "npy";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files, pictures and sounds");

    private static readonly Option<string?> s_format = CommonOptions.WithCheck(
        new Option<string?>("--format") { Description = "safetensors (default) or npy; else the extension of -o decides.", HelpName = "FORMAT" },
        text => text is Safetensors or Npy, "--format takes safetensors or npy.");

    private static readonly Option<double?> s_quality = CommonOptions.WithCheck(
        new Option<double?>("--quality", "-q")
        {
            Description = "Pictures and sounds: quality that sets the quantiser's steps, 1 to 100; default 60, for sound 50. An .ncf file has its own.",
            HelpName = "N",
        },
        q => q is >= 1 and <= 100, "--quality lies in 1 to 100.");

    private static readonly Option<string?> s_codec = new("--codec")
    {
        Description = $"Model that analyses pictures and sounds (default: {EncodeCommand.PictureModel}, for sound {EncodeCommand.SoundModel}); for .ncf files, weights to use instead of looking for those the file names.",
        HelpName = "NAME",
    };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Writes latents of .ncf files (as coded), pictures and sounds (not rounded) as tensors.",
            "codecs latents photo.ncf", "codecs latents photo.jpg --codec mlicv2 -q 60 -o photo.npy", "codecs latents song.flac -q 50",
            "codecs latents coded --out-dir tensors --format npy")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_format, s_codec, s_quality, CommonOptions.Force, CommonOptions.SkipExisting,
            CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        string format = ReadFormat(result.GetValue(s_format), outputs);
        string? model = result.GetValue(s_codec);
        double? quality = result.GetValue(s_quality);
        ImageCodecOptions options = CommonOptions.ReadCodecOptions(result);
        List<WorkItem> items = OutputPlan.Create(InputExpander.CodedFilesAndMedia.Expand(result.GetValue(s_inputs)!), outputs, "." + format);
        using var shelf = new ModelShelf(options);
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, progress) =>
        {
            byte[] bytes = InputReader.ReadAll(item.Input);
            LatentTensor latent = NcfFile.Detect(bytes) is not null ? OfCodedFile(bytes)
                : MediaInput.SeemsPicture(item.Input, bytes) ? OfPicture(bytes, item.Input.DisplayName)
                : OfSound(bytes, item.Input.DisplayName);
            byte[] file = format == Npy ? NpyFile.ToArray<float>(latent.Shape, latent.Values) : ToSafetensors(latent);
            session.Cancellation.ThrowIfCancellationRequested();
            OutputPlan.Write(item, outputs, file);
            return Report(item, latent, format, bytes.Length, file.Length);

            LatentTensor OfCodedFile(byte[] coded)
            {
                NcfFile file = NcfFile.Parse(coded, options.Limits);
                if (file.Kind == MediaKind.Audio)
                {
                    AudioCodec sound = shelf.Sounds.For(file.ModelOf(file.Header.LeadTrack), model);
                    return LatentTensor.From(sound.Name, sound.DecodeLatent(coded), rounded: true, []);
                }

                ImageCodec codec = shelf.For(file, model);
                return LatentTensor.From(codec.Name, codec.DecodeLatent(coded, progress, session.Cancellation), rounded: true, []);
            }

            LatentTensor OfPicture(byte[] picture, string name)
            {
                ImageReadResult read = ImageFile.Read(picture, new ImageReadOptions(), name);
                ImageCodec codec = shelf.Open(model ?? EncodeCommand.PictureModel);
                return LatentTensor.From(codec.Name, codec.Analyze(read.Image, quality ?? ImageEncoderOptions.Default.Quality, progress, session.Cancellation), rounded: false, read.Warnings);
            }

            LatentTensor OfSound(byte[] sound, string name)
            {
                AudioReadResult read = AudioFile.Read(new MemoryStream(sound), name, cancellation: session.Cancellation);
                AudioCodec codec = shelf.Sounds.Open(model ?? EncodeCommand.SoundModel);
                return LatentTensor.From(codec.Name, codec.Analyze(read.Waveform, quality ?? AudioEncoderOptions.Default.Quality), rounded: false, read.Warnings);
            }
        });
    }

    private static byte[] ToSafetensors(LatentTensor latent) =>
        SafetensorsWriter.ToArray([SafetensorsTensor.Create<float>(TensorName, latent.Shape, latent.Values)], latent.Metadata);

    private static FileReport Report(WorkItem item, LatentTensor latent, string format, long inputBytes, long outputBytes) => new()
    {
        Input = item.Input.Path,
        Output = item.Output,
        Status = FileReport.Done,
        InputBytes = inputBytes,
        OutputBytes = outputBytes,
        Width = latent.Width,
        Height = latent.Height,
        Model = latent.Model,
        RatePoint = latent.Rate,
        Format = format,
        Latent = new LatentReport(latent.Shape, latent.IsRounded),
        Warnings = latent.Warnings,
        Text = $"{TensorName} [{string.Join(", ", latent.Shape)}] {(latent.IsRounded ? "as coded" : "not rounded")}, {latent.Model}, rate point {latent.Rate.ToString(CultureInfo.InvariantCulture)} -> {Units.Bytes(outputBytes)} {format}",
    };

    private static string ReadFormat(string? name, OutputOptions outputs)
    {
        string extension = outputs.Path is null || outputs.IsStandardOutput ? "" : Path.GetExtension(outputs.Path).TrimStart('.').ToLowerInvariant();
        return (name, extension) switch
        {
            ({ } chosen, _) => chosen,
            (null, Npy or Safetensors) => extension,
            _ when outputs.Path is null || outputs.IsStandardOutput => Safetensors,
            _ => throw new UsageException($"'{outputs.Path}' ends neither in .{Safetensors} nor in .{Npy}.", "Name the format with --format."),
        };
    }
}
