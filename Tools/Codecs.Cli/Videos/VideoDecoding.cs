using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>.ncf files with video into video files, in bounded memory, sound in sync. A cut file gives what it holds.</summary>
internal static class VideoDecoding
{
    /// <param name="item">What to decode and where to.</param>
    /// <param name="container">Container of the output.</param>
    /// <param name="writing">Quality of the output.</param>
    /// <param name="part">Which part.</param>
    /// <param name="withSound">Puts the sound beside the pictures.</param>
    /// <param name="open">The video codec for a model reference.</param>
    /// <param name="sounds">The sound codec for a model reference.</param>
    /// <param name="outputs">The rules about outputs.</param>
    /// <param name="progress">Receives time done.</param>
    /// <param name="cancellation">Stops soon.</param>
    internal static FileReport Run(
        WorkItem item, VideoContainer container, VideoWriteOptions writing, VideoPart part, bool withSound, Func<ModelReference?, VideoCodec> open,
        Func<ModelReference?, AudioCodec> sounds, OutputOptions outputs, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using Stream input = MediaInput.OpenSeekable(item.Input);
        VideoCodec codec = open(MediaInput.ModelOf(input));
        using var scratch = new ScratchFolder();
        var warnings = new List<string>();
        input.Position = 0;
        using VideoDecoder decoder = codec.OpenDecoder(input, new VideoDecoderOptions { Recover = true }, cancellation);
        var reader = new PartReader(decoder, part);

        // A reader of its own, so that the pictures' place in the file stays.
        using Stream soundInput = item.Input.Content is { } content ? new MemoryStream(content) : MediaInput.OpenSeekable(item.Input);
        bool holdsSound = container is not (VideoContainer.Y4m or VideoContainer.Png);
        IReadOnlyList<TrackInput> tracks = withSound && holdsSound
            ? SoundBack.Open(soundInput, decoder.Header, reader.StartTime, reader.Length, sounds, scratch, warnings, cancellation) : [];
        VideoWriteOptions options = writing with { Tracks = tracks, FrameRate = FrameRate(decoder) };
        IReadOnlyList<string> told;
        if (item.IsStandardOutput)
        {
            using Stream pipe = StandardStreams.OpenOutput();
            using VideoWriter writer = VideoWriter.Create(pipe, container, decoder.Format, decoder.Clock, options, cancellation);
            told = Copy(reader, writer, progress, cancellation);
        }
        else
        {
            OutputPlan.CreateFolder(item, outputs);
            using VideoWriter writer = VideoWriter.Create(item.Output!, decoder.Format, decoder.Clock, options, cancellation);
            told = Copy(reader, writer, progress, cancellation);
        }

        string? sound = VideoWords.Sound(decoder.Header);
        long? outputBytes = item.IsStandardOutput || !File.Exists(item.Output) ? null : new FileInfo(item.Output!).Length;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = item.Input.IsStandardInput ? null : new FileInfo(item.Input.Path).Length,
            OutputBytes = outputBytes,
            Width = decoder.Format.Width,
            Height = decoder.Format.Height,
            Video = new VideoReport
            {
                Frames = reader.Position,
                Duration = Math.Round(reader.LastSeconds, 3),
                PixelFormat = VideoWords.PixelFormat(decoder.Format),
                Sound = tracks.Count > 0 ? sound : null,
            },
            Model = codec.Name,
            Format = container.ToString().ToLowerInvariant(),
            Warnings = [.. decoder.Warnings, .. warnings, .. told],
            ExitCode = decoder.Warnings.Count == 0 ? ExitCode.Done : ExitCode.BadInput,
            Text = $"{reader.Position} frames of {decoder.Format.Width} x {decoder.Format.Height} -> {container.ToString().ToLowerInvariant()}{(tracks.Count > 0 ? " with sound" : "")}",
        };
    }

    /// <summary>The rate that a container tells of; null when it varies.</summary>
    internal static FrameClock? FrameRate(VideoDecoder decoder)
    {
        if (decoder.FrameTicks == 0)
        {
            return null;
        }

        long ticks = decoder.Clock.Numerator, seconds = decoder.Clock.Denominator * decoder.FrameTicks;
        long divisor = (long)System.Numerics.BigInteger.GreatestCommonDivisor(ticks, seconds);
        return seconds / divisor <= int.MaxValue ? new FrameClock((int)(ticks / divisor), (int)(seconds / divisor)) : null;
    }

    private static IReadOnlyList<string> Copy(PartReader reader, VideoWriter writer, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        while (reader.Read() is { } frame)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(frame);
            progress?.Report(reader.Progress);
        }

        if (reader.Position == 0)
        {
            throw new InvalidBitstreamException("The file holds no frame that can be decoded");
        }

        writer.Complete();
        return writer.Warnings;
    }
}
