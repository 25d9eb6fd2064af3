using System.CommandLine;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Packets;
using Codecs.Cli.Sounds;
using Codecs.Cli.Videos;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>decode: .ncf files into pictures, sounds and videos, packets into pictures.</summary>
internal static class DecodeCommand
{
    private const string Name = "decode", PictureNames = "%05d.png";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf and .ncp files");

    private static readonly Option<string?> s_format = CommonOptions.WithCheck(
        new Option<string?>("--format")
        {
            Description = "png (default), jpg, webp, tiff, bmp, ppm, pam, avif or jxl; for sound wav (default), flac, opus, mp3, m4a or ogg; for video mp4 (default), mkv, mov, webm or y4m; else the extension of -o decides, and a folder gets PNG files.",
            HelpName = "FORMAT",
        },
        text => IsWritable(text, out _) || IsSound(text, out _) || VideoOf(text!) is not null,
        "--format takes png, jpg, webp, tiff, bmp, ppm, pam, avif, jxl, wav, flac, opus, mp3, m4a, ogg, mp4, mkv, mov, webm or y4m.");

    private static readonly Option<int?> s_quality = CommonOptions.WithCheck(
        new Option<int?>("--quality", "-q") { Description = "Quality of a lossy output format, 1 to 100.", HelpName = "N" },
        q => q is >= 1 and <= 100, "--quality lies in 1 to 100.");

    private static readonly Option<int?> s_bits = CommonOptions.WithCheck(
        new Option<int?>("--bits") { Description = "Bits of a sample in wav and flac: 16 (default), 24, or 32 for floats in wav.", HelpName = "N" },
        bits => bits is 16 or 24 or 32, "--bits takes 16, 24 or 32.");

    private static readonly Option<int?> s_kilobits = CommonOptions.WithCheck(
        new Option<int?>("--kbps") { Description = "Bitrate of a lossy sound format.", HelpName = "N" }, kbps => kbps is >= 6 and <= 512, "--kbps takes 6 to 512.");

    private static readonly Option<double> s_noise = CommonOptions.WithCheck(
        new Option<double>("--noise")
        {
            Description = "Sound: how much of what was too faint to be coded comes back as noise, 0 (closest to the waveform) to 1 (most natural).",
            DefaultValueFactory = _ => 1,
            HelpName = "X",
        },
        noise => noise is >= 0 and <= 1, "--noise lies in 0 to 1.");

    private static readonly Option<bool> s_lossless = new("--lossless") { Description = "Video: keep every decoded sample in the output (FFV1 in mkv, x264 at quantiser 0 in mp4)." };

    private static readonly Option<bool> s_noSound = new("--no-sound") { Description = "Video: leave the sound out." };

    private static readonly Option<string?> s_codec = new("--codec")
    {
        Description = $"Weights to use instead of looking for those the file names; packets name none, theirs are {PacketShelf.DefaultModel} unless given.",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_flatten = new("--flatten") { Description = "Lay transparent pictures on white if the format has no alpha." };

    private static readonly Option<bool> s_strip = new("--strip") { Description = "Write no metadata." };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Brings pictures, sound and video back from .ncf files, and pictures from packets.",
            "codecs decode photo.ncf", "codecs decode photo.ncf -o photo.jpg --quality 92", "codecs decode coded --out-dir pictures --format webp",
            "codecs decode song.ncf -o song.flac", "codecs decode clip.ncf -o clip.mp4", "codecs decode clip.ncf --start 12.5 --duration 2 -o part.mkv", "codecs decode clip.ncf -o - | mpv -",
            "codecs decode clip.ncf -o frames/", "codecs decode received.ncp -o photo.png --confidence-map guessed.png", "codecs decode - -o - < photo.ncf > photo.png")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_format, s_quality, s_bits, s_kilobits, s_noise, s_lossless, s_noSound, VideoTargets.Start, VideoTargets.Duration, VideoTargets.Frames, VideoTargets.Workers, s_codec, s_flatten, s_strip,
            PacketTargets.Concealment, PacketTargets.ConfidenceMap, CommonOptions.Force, CommonOptions.SkipExisting, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        var writing = new ImageWriteOptions
        {
            Quality = result.GetValue(s_quality),
            FlattenAlpha = result.GetValue(s_flatten),
            IncludeMetadata = !result.GetValue(s_strip),
        };
        ImageCodecOptions options = CommonOptions.ReadCodecOptions(result);
        OutputFormats formats = ReadFormats(result.GetValue(s_format), outputs);
        if (formats.Video == VideoContainer.Png && outputs.Path is { } folder && !Path.HasExtension(folder))
        {
            Directory.CreateDirectory(folder);
            outputs = outputs with { Path = Path.Combine(folder, PictureNames) };
        }

        List<WorkItem> items = OutputPlan.Create(
            InputExpander.CodedFilesAndPackets.Expand(result.GetValue(s_inputs)!), outputs,
            input => (input.IsStandardInput || input.Problem is not null ? null : MediaInput.KindOf(input)) switch
            {
                MediaKind.Audio => AudioFormats.Extensions(formats.Sound ?? AudioFormat.Wav)[0],
                MediaKind.Video or MediaKind.AudioVideo => ExtensionOf(formats.Video ?? VideoContainer.Mp4),
                _ => ImageFormats.Extensions(formats.Picture ?? ImageFormat.Png)[0],
            });
        string? model = result.GetValue(s_codec), confidenceMap = result.GetValue(PacketTargets.ConfidenceMap);
        if (confidenceMap is not null && items.Count > 1)
        {
            throw new UsageException($"--confidence-map names one file, but there are {items.Count} inputs.");
        }

        using var shelf = new ModelShelf(options, result.GetValue(VideoTargets.Workers));
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, progress) =>
        {
            InputFile input = item.Input.IsStandardInput ? item.Input with { Content = InputReader.ReadAll(item.Input) } : item.Input;
            if (PacketShelf.Holds(input))
            {
                return PacketDecoding.Run(
                    item with { Input = input }, formats.ForPicture(), writing, shelf.Open(model ?? PacketShelf.DefaultModel), PacketTargets.ReadConcealment(result), confidenceMap,
                    outputs, progress, session.Cancellation);
            }

            RefuseForFiles(result);
            MediaKind? kind = MediaInput.KindOf(input);
            if (kind is MediaKind.Video or MediaKind.AudioVideo)
            {
                VideoContainer container = item.IsStandardOutput && formats.Text is null ? VideoContainer.Y4m : formats.ForVideo();
                return VideoDecoding.Run(
                    item with { Input = input }, container, new VideoWriteOptions { Lossless = result.GetValue(s_lossless) }, VideoTargets.ReadPart(result), !result.GetValue(s_noSound),
                    reference => shelf.Videos.For(reference, model), reference => shelf.Sounds.For(reference, model: null), outputs, progress, session.Cancellation);
            }

            return kind == MediaKind.Audio
                ? SoundDecoding.Run(
                    item with { Input = input }, formats.ForSound(), ReadSoundWriting(result), new AudioDecoderOptions { Noise = (float)result.GetValue(s_noise), Recover = true },
                    writing.IncludeMetadata, reference => shelf.Sounds.For(reference, model), outputs, progress, session.Cancellation)
                : DecodePicture(item with { Input = input }, formats.ForPicture(), writing, shelf, model, options, outputs, progress, session);
        });
    }

    private static FileReport DecodePicture(
        WorkItem item, ImageFormat format, ImageWriteOptions writing, ModelShelf shelf, string? model, ImageCodecOptions options, OutputOptions outputs,
        IProgress<CodecProgress>? progress, Session session)
    {
        byte[] bytes = InputReader.ReadAll(item.Input);
        var file = NcfFile.Parse(bytes, options.Limits);
        if (shelf.VideoFor(file, model) is { } clips)
        {
            return PictureClips.Decode(item, bytes, clips, format, writing, outputs, session.Cancellation);
        }

        ImageCodec codec = shelf.For(file, model);
        ImageDecodeResult decoded = codec.DecodeWithReport(bytes, progress, session.Cancellation);
        var picture = new MemoryStream();
        IReadOnlyList<string> lost = ImageFile.Write(decoded.Image, picture, format, writing);
        session.Cancellation.ThrowIfCancellationRequested();
        OutputPlan.Write(item, outputs, picture.GetBuffer().AsMemory(0, (int)picture.Length));
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            OutputBytes = picture.Length,
            Width = decoded.Image.Width,
            Height = decoded.Image.Height,
            BitsPerPixel = Math.Round(8.0 * bytes.Length / decoded.Image.PixelCount, 5),
            Model = codec.Name,
            Format = ImageFormats.Name(format),
            Warnings = [.. decoded.Warnings, .. lost],
            Text = $"{Units.Bytes(bytes.Length)} -> {Units.Bytes(picture.Length)} {ImageFormats.Name(format)}  {decoded.Image.Width} x {decoded.Image.Height}",
        };
    }

    private static void RefuseForFiles(ParseResult result)
    {
        if ((result.GetValue(PacketTargets.Concealment) ?? result.GetValue(PacketTargets.ConfidenceMap)) is not null)
        {
            throw new UsageException("--conceal and --confidence-map are for packets, of which some may be missing; this is no packet file.");
        }
    }

    private static AudioWriteOptions ReadSoundWriting(ParseResult result) => new()
    {
        BitDepth = result.GetValue(s_bits) ?? AudioWriteOptions.Default.BitDepth,
        BitRate = result.GetValue(s_kilobits) * 1000,
    };

    // What the option or the output's name says; without either each kind of media has its own.
    private static OutputFormats ReadFormats(string? name, OutputOptions outputs)
    {
        string? text = name ?? (outputs.Path is null || outputs.IsStandardOutput ? null : outputs.Path);
        if (text is null)
        {
            return new OutputFormats(null, null, null, null);
        }

        bool picture = IsWritable(text, out ImageFormat image), sound = IsSound(text, out AudioFormat audio);
        VideoContainer? video = VideoOf(text);
        return picture || sound || video is not null
            ? new OutputFormats(text, picture ? image : null, sound ? audio : null, video)
            : throw new UsageException($"'{text}' does not end like a picture, a sound or a video that can be written.", "Name the format with --format.");
    }

    // A bare name such as "mkv" is looked up as an extension; a path without one is a folder for pictures.
    private static VideoContainer? VideoOf(string text) => VideoNames.ContainerOf("." + text) is { } container && container != VideoContainer.Png ? container
        : Path.HasExtension(text) || text.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0 ? VideoNames.ContainerOf(text) : null;

    private static string ExtensionOf(VideoContainer container) => container == VideoContainer.Png ? "" : "." + container.ToString().ToLowerInvariant();

    private static bool IsSound(string? text, out AudioFormat format) =>
        AudioFormats.TryFromPath(Path.HasExtension(text) ? text : "." + text, out format);

    // A bare name such as "jpg" is looked up as an extension.
    private static bool IsWritable(string? text, out ImageFormat format) =>
        ImageFormats.TryFromPath(Path.HasExtension(text) ? text : "." + text, out format) && ImageFormats.CanWrite(format);

    private sealed record OutputFormats(string? Text, ImageFormat? Picture, AudioFormat? Sound, VideoContainer? Video)
    {
        internal VideoContainer ForVideo() => Video ?? (Text is null ? VideoContainer.Mp4 : throw new UsageException($"The file holds a video; '{Text}' is no video format."));

        internal ImageFormat ForPicture() => Picture ?? (Text is null ? ImageFormat.Png : throw new UsageException($"The file holds a picture; '{Text}' is no picture format."));

        internal AudioFormat ForSound() => Sound ?? (Text is null ? AudioFormat.Wav : throw new UsageException($"The file holds sound; '{Text}' is no sound format."));
    }
}
