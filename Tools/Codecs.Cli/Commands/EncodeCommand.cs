using System.CommandLine;
using System.CommandLine.Parsing;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Packets;
using Codecs.Cli.Sounds;
using Codecs.Cli.Videos;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>encode: pictures, sounds and videos into .ncf files, pictures into packets.</summary>
internal static class EncodeCommand
{
    /// <summary>The models in force when none is named.</summary>
    internal const string PictureModel = "mlicv2", SoundModel = "walloc-audio", SpeechModel = "language-codec", VideoModel = "nirvana";

    private const string Name = "encode";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs("Pictures, sounds or videos");

    private static readonly Option<double?> s_quality = CommonOptions.WithCheck(
        new Option<double?>("--quality", "-q") { Description = "Quality, 1 (smallest) to 100 (best); default 60, for sound and video 50.", HelpName = "N" },
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
        new Option<double?>("--psnr") { Description = "Least PSNR of the picture, or of every group of a video, in dB.", HelpName = "X" },
        db => db is > 0 and < double.PositiveInfinity, "--psnr takes a number above 0.");

    private static readonly Option<bool> s_speech = new("--speech")
    {
        Description = $"Sound: use {SpeechModel}, which knows voices only and takes 6 kbit/s at most; the same as --codec {SpeechModel}.",
    };

    private static readonly Option<bool> s_extreme = new("--extreme")
    {
        Description = $"Picture: use {PacketShelf.DefaultModel}, which makes a recognisable picture of a hundredth of a bit per pixel; the same as --codec {PacketShelf.DefaultModel}.",
    };

    private static readonly Option<string?> s_codec = new("--codec")
    {
        Description = $"Model: a name that 'codecs models' lists, or the path of a weight file (default: {PictureModel}, for sound {SoundModel}, for speech {SpeechModel}, for video {VideoModel}).",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_keepProfile = new("--keep-color-profile") { Description = "Keep the pixels as stored with their ICC profile, do not convert to sRGB." };

    private static readonly Option<bool> s_strip = new("--strip") { Description = "Drop Exif, XMP and IPTC, or tags and cover art." };

    private static readonly Option<bool> s_archive = new("--archive") { Description = "Add a SHA-256 over the file and full-length model fingerprints." };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Compresses pictures, sound and video into .ncf files.",
            "codecs encode photo.jpg -q 60", "codecs encode photo.jpg --bytes 20k -o small.ncf", "codecs encode photos --out-dir coded --skip-existing",
            "codecs encode photo.jpg --extreme", "codecs encode photo.jpg --packets --protect 25", "codecs encode photo.jpg --packets 128 --bytes 2k -o photo.ncp",
            "codecs encode song.flac -q 50", "codecs encode song.flac --kbps 32 -o song.ncf",
            "codecs encode speech.wav --speech", "codecs encode speech.wav --codec language-codec --codebooks 3", "codecs encode speech.wav --speech --bitrate 3k -o small.ncf",
            "codecs encode clip.mp4 -q 50 --effort slow", "codecs encode clip.mp4 --kbps 300 --audio walloc-audio -o clip.ncf", "codecs encode clip.mp4 --resume",
            "codecs encode photo.png --codec nirvana --effort 9", "codecs encode 'frames/*.png' --fps 25 -o clip.ncf",
            "codecs encode - -o - < photo.png > photo.ncf")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_quality, s_bitsPerPixel, s_bytes, s_psnr, SoundTargets.Kilobits, SoundTargets.Bitrate, SoundTargets.Codebooks,
            s_extreme, PacketTargets.Size, PacketTargets.Protection, s_speech, s_codec, VideoTargets.Preset, VideoTargets.Effort, VideoTargets.TimePerFrame, VideoTargets.KeyInterval,
            VideoTargets.Audio, VideoTargets.Resume, VideoTargets.Frames, VideoTargets.Start, VideoTargets.Duration, VideoTargets.FramesPerSecond, VideoTargets.Workers,
            CommonOptions.Force, CommonOptions.SkipExisting, s_keepProfile, s_strip, s_archive, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Validators.Add(result =>
        {
            foreach (Option<bool> shorthand in (Option<bool>[])[s_speech, s_extreme])
            {
                if (result.GetValue(shorthand) && result.GetValue(s_codec) is not null)
                {
                    result.AddError($"{shorthand.Name} and --codec exclude each other.");
                }
            }

            if (result.GetValue(VideoTargets.Preset) is not null && result.GetValue(s_codec) is not null)
            {
                result.AddError("--preset and --codec exclude each other.");
            }

            if (result.GetValue(VideoTargets.Resume) && (result.GetValue(CommonOptions.SkipExisting) || result.GetValue(CommonOptions.Output) == StandardStreams.Dash))
            {
                result.AddError("--resume needs an output file of its own, and excludes --skip-existing.");
            }
        });
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        ImageEncoderOptions encoding = ReadEncoding(result);
        AudioEncoderOptions soundEncoding = SoundTargets.Read(result, result.GetValue(s_quality)) with
        {
            KeepMetadata = encoding.KeepMetadata,
            Archive = encoding.Archive,
        };
        VideoRequest video = VideoTargets.Read(
            result, result.GetValue(s_quality), encoding.TargetPsnrDb, soundEncoding.KilobitsPerSecond, encoding.KeepMetadata, encoding.Archive);
        PacketOptions? packets = PacketTargets.Read(result);
        RefuseForPackets(packets, encoding);
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        outputs = video.Resume ? outputs with { Force = true } : outputs;
        var reading = new ImageReadOptions { KeepColorProfile = result.GetValue(s_keepProfile) };
        string? model = VideoTargets.Model(result, s_codec);
        string soundModel = model ?? (result.GetValue(s_speech) ? SpeechModel : SoundModel);
        string pictureModel = model ?? (result.GetValue(s_extreme) || packets is not null ? PacketShelf.DefaultModel : PictureModel);
        List<InputFile> inputs = InputExpander.Media.Expand(result.GetValue(s_inputs)!);
        if (result.GetValue(VideoTargets.FramesPerSecond) is { } rate)
        {
            (inputs, video) = AsOneVideo(inputs, video, rate);
        }

        List<WorkItem> items = OutputPlan.Create(inputs, outputs, packets is null ? OutputPlan.CodedExtension : PacketShelf.Extension);
        using var shelf = new ModelShelf(CommonOptions.ReadCodecOptions(result), result.GetValue(VideoTargets.Workers));
        return new Batch(session, Name) { Outputs = outputs, StopWithoutModel = true }.Run(items, (item, progress) =>
        {
            using MediaInput input = MediaInput.Open(item.Input);
            if (input.IsVideo || video.Pictures is not null)
            {
                VideoTargets.RefuseTargets(encoding.BitsPerPixel is not null, encoding.TargetBytes is not null, soundEncoding.Codebooks is not null, packets is not null);
                return VideoEncoding.Run(item, input, shelf.Videos.Open(model ?? VideoModel), video, shelf.Sounds.Open, outputs, progress, session);
            }

            VideoTargets.RefuseForOthers(result, input.IsPicture ? "picture" : "sound");
            if (input.IsPicture)
            {
                SoundTargets.RefuseForPictures(soundEncoding);
                if (model is not null && packets is null && shelf.Videos.TryOpen(model) is { } clips)
                {
                    VideoTargets.RefuseTargets(encoding.BitsPerPixel is not null, encoding.TargetBytes is not null, codebooks: false, packets: false);
                    return PictureClips.Encode(item, input, clips, video.Encoding, reading, outputs, progress, session.Cancellation);
                }

                return packets is null
                    ? EncodePicture(item, input, shelf.Open(pictureModel), encoding, reading, outputs, progress, session)
                    : PacketEncoding.Run(item, input, reading, shelf.Open(pictureModel), encoding, packets, outputs, progress, session.Cancellation);
            }

            RefuseForSounds(encoding, packets);
            AudioCodec codec = shelf.Sounds.Open(soundModel);
            SoundTargets.CheckCodebooks(codec, soundEncoding.Codebooks);
            return SoundEncoding.Run(item, input, codec, soundEncoding, outputs, progress, session.Cancellation);
        });
    }

    // The first picture gives its name, and the place in the report, to all.
    private static (List<InputFile> Inputs, VideoRequest Video) AsOneVideo(List<InputFile> inputs, VideoRequest video, double rate)
    {
        if (inputs.Find(i => i.IsStandardInput) is not null)
        {
            throw new UsageException("--fps takes picture files, not standard input.", "Pipe a video as Y4M, which states its rate.");
        }

        return inputs.Find(i => i.Problem is not null) is { } problem
            ? ([problem], video)
            : ([inputs[0]], video with { Pictures = ([.. inputs.Select(i => i.Path)], VideoTargets.RateOf(rate)) });
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

    private static void RefuseForPackets(PacketOptions? packets, ImageEncoderOptions encoding)
    {
        if (packets is not null && (encoding.TargetPsnrDb is not null || encoding.Archive))
        {
            throw new UsageException("Packets have neither a PSNR to aim at nor a digest: --psnr and --archive are for .ncf files.", "With --packets give -q, --bpp or --bytes.");
        }
    }

    private static void RefuseForSounds(ImageEncoderOptions encoding, PacketOptions? packets)
    {
        if (packets is not null)
        {
            throw new UsageException("--packets is for pictures; there is a sound.");
        }

        if ((encoding.BitsPerPixel ?? encoding.TargetPsnrDb ?? encoding.TargetBytes) is not null)
        {
            throw new UsageException("--bpp, --bytes and --psnr are for pictures.", "For sound give -q, --kbps or --bitrate.");
        }
    }

    private static long? ParseBytes(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && Quantity.TryParse(result.Tokens[0].Value, out double number) && number is >= 1 and <= int.MaxValue)
        {
            return (long)number;
        }

        result.AddError("--bytes takes a number of 1 or more, such as 20000 or 20k.");
        return null;
    }
}
