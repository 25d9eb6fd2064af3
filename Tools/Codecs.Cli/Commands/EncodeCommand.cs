using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Sounds;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>encode: pictures and sounds into .ncf files.</summary>
internal static class EncodeCommand
{
    /// <summary>The models in force when none is named.</summary>
    internal const string PictureModel = "mlicv2", SoundModel = "walloc-audio";

    private const string Name = "encode";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs("Pictures or sounds");

    private static readonly Option<double?> s_quality = CommonOptions.WithCheck(
        new Option<double?>("--quality", "-q") { Description = "Quality, 1 (smallest) to 100 (best); default 60, for sound 50.", HelpName = "N" },
        q => q is >= 1 and <= 100, "--quality lies in 1 to 100.");

    private static readonly Option<double?> s_bitsPerPixel = CommonOptions.WithCheck(
        new Option<double?>("--bpp") { Description = "Most bits per pixel of the file.", HelpName = "X" },
        bpp => bpp is > 0 and < double.PositiveInfinity, "--bpp takes a number above 0.");

    private static readonly Option<long?> s_bytes = new("--bytes")
    {
        Description = "Most bytes of the file, never exceeded; 20k is 20000, 1M a million.",
        HelpName = "N",
        CustomParser = ParseBytes,
    };

    private static readonly Option<double?> s_psnr = CommonOptions.WithCheck(
        new Option<double?>("--psnr") { Description = "Least PSNR of the picture in dB.", HelpName = "X" },
        db => db is > 0 and < double.PositiveInfinity, "--psnr takes a number above 0.");

    private static readonly Option<double?> s_kilobits = CommonOptions.WithCheck(
        new Option<double?>("--kbps") { Description = "Sound: most kilobits per second.", HelpName = "X" },
        kbps => kbps is > 0 and < double.PositiveInfinity, "--kbps takes a number above 0.");

    private static readonly Option<string?> s_codec = new("--codec")
    {
        Description = $"Model: a name that 'codecs models' lists, or the path of a weight file (default: {PictureModel}, for sound {SoundModel}).",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_keepProfile = new("--keep-color-profile") { Description = "Keep the pixels as stored with their ICC profile, do not convert to sRGB." };

    private static readonly Option<bool> s_strip = new("--strip") { Description = "Drop Exif, XMP and IPTC, or tags and cover art." };

    private static readonly Option<bool> s_archive = new("--archive") { Description = "Add a SHA-256 over the file and full-length model fingerprints." };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Compresses pictures and sound into .ncf files.",
            "codecs encode photo.jpg -q 60", "codecs encode photo.jpg --bytes 20k -o small.ncf", "codecs encode photos --out-dir coded --skip-existing",
            "codecs encode song.flac -q 50", "codecs encode song.flac --kbps 32 -o song.ncf",
            "codecs encode - -o - < photo.png > photo.ncf")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_quality, s_bitsPerPixel, s_bytes, s_psnr, s_kilobits, s_codec, CommonOptions.Force,
            CommonOptions.SkipExisting, s_keepProfile, s_strip, s_archive, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        ImageEncoderOptions encoding = ReadEncoding(result);
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        var reading = new ImageReadOptions { KeepColorProfile = result.GetValue(s_keepProfile) };
        string? model = result.GetValue(s_codec);
        List<WorkItem> items = OutputPlan.Create(InputExpander.Media.Expand(result.GetValue(s_inputs)!), outputs, OutputPlan.CodedExtension);
        using var shelf = new ModelShelf(CommonOptions.ReadCodecOptions(result));
        return new Batch(session, Name) { Outputs = outputs, StopWithoutModel = true }.Run(items, (item, progress) =>
        {
            using MediaInput input = MediaInput.Open(item.Input);
            if (input.IsPicture && result.GetValue(s_kilobits) is not null)
            {
                throw new UsageException("--kbps is for sound.", "For pictures give -q, --bpp, --bytes or --psnr.");
            }

            return input.IsPicture
                ? EncodePicture(item, input, shelf.Open(model ?? PictureModel), encoding, reading, outputs, progress, session)
                : SoundEncoding.Run(item, input, shelf.Sounds.Open(model ?? SoundModel), ReadSoundEncoding(result), outputs, progress, session.Cancellation);
        });
    }

    private static FileReport EncodePicture(
        WorkItem item, MediaInput input, ImageCodec codec, ImageEncoderOptions encoding, ImageReadOptions reading, OutputOptions outputs,
        IProgress<CodecProgress>? progress, Session session)
    {
        byte[] bytes = InputReader.ReadAll(input.Stream, item.Input.DisplayName);
        ImageReadResult read = ImageFile.Read(bytes, reading, item.Input.DisplayName);
        ImageEncodeResult coded = codec.EncodeWithReport(read.Image, encoding, progress, session.Cancellation);
        session.Cancellation.ThrowIfCancellationRequested();
        OutputPlan.Write(item, outputs, coded.File);
        return Report(item, codec.Name, bytes.Length, read, coded);
    }

    private static FileReport Report(WorkItem item, string model, long inputBytes, ImageReadResult read, ImageEncodeResult coded)
    {
        double bitsPerPixel = 8.0 * coded.File.Length / read.Image.PixelCount, ratio = (double)inputBytes / coded.File.Length;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = inputBytes,
            OutputBytes = coded.File.Length,
            Width = read.Image.Width,
            Height = read.Image.Height,
            BitsPerPixel = Math.Round(bitsPerPixel, 5),
            Ratio = Math.Round(ratio, 3),
            Model = model,
            RatePoint = coded.Rate,
            Format = ImageFormats.Name(read.Format),
            Warnings = read.Warnings,
            Text = $"{Units.Bytes(inputBytes)} -> {Units.Bytes(coded.File.Length)}  {Units.Number(bitsPerPixel, "0.000")} bpp  {Units.Number(ratio, "0.0")}x",
        };
    }

    private static ImageEncoderOptions ReadEncoding(ParseResult result)
    {
        double? quality = result.GetValue(s_quality), bitsPerPixel = result.GetValue(s_bitsPerPixel), psnr = result.GetValue(s_psnr);
        long? bytes = result.GetValue(s_bytes);
        int targets = (quality is null ? 0 : 1) + (bitsPerPixel is null ? 0 : 1) + (bytes is null ? 0 : 1) + (psnr is null ? 0 : 1);
        return targets > 1
            ? throw new UsageException("-q, --bpp, --bytes and --psnr exclude each other.", "Give one of them.")
            : new ImageEncoderOptions
            {
                Quality = quality ?? ImageEncoderOptions.Default.Quality,
                BitsPerPixel = bitsPerPixel,
                TargetBytes = bytes,
                TargetPsnrDb = psnr,
                KeepMetadata = !result.GetValue(s_strip),
                Archive = result.GetValue(s_archive),
            };
    }

    private static AudioEncoderOptions ReadSoundEncoding(ParseResult result)
    {
        if ((result.GetValue(s_bitsPerPixel) ?? result.GetValue(s_psnr) ?? result.GetValue(s_bytes)) is not null)
        {
            throw new UsageException("--bpp, --bytes and --psnr are for pictures.", "For sound give -q or --kbps.");
        }

        double? quality = result.GetValue(s_quality), kilobits = result.GetValue(s_kilobits);
        return quality is not null && kilobits is not null
            ? throw new UsageException("-q and --kbps exclude each other.", "Give one of them.")
            : new AudioEncoderOptions
            {
                Quality = quality ?? AudioEncoderOptions.Default.Quality,
                KilobitsPerSecond = kilobits,
                KeepMetadata = !result.GetValue(s_strip),
                Archive = result.GetValue(s_archive),
            };
    }

    // Decimal prefixes: whoever meant 1024 still gets a file that is not too large.
    private static long? ParseBytes(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        double unit = text.Length == 0 ? 1 : text[^1] switch { 'k' or 'K' => 1e3, 'm' or 'M' => 1e6, _ => 1 };
        ReadOnlySpan<char> digits = unit > 1 ? text.AsSpan(0, text.Length - 1) : text;
        const NumberStyles style = NumberStyles.AllowDecimalPoint;
        if (double.TryParse(digits, style, CultureInfo.InvariantCulture, out double number) && number * unit is >= 1 and <= int.MaxValue)
        {
            return (long)(number * unit);
        }

        result.AddError("--bytes takes a number of 1 or more, such as 20000 or 20k.");
        return null;
    }
}
