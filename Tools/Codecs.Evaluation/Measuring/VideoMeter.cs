using System.Diagnostics;
using Codecs.Formats.Media;
using Codecs.Metrics;
using Codecs.Metrics.Video;

namespace Codecs.Evaluation;

/// <summary>Sends one video through one codec and measures what comes back.</summary>
/// <param name="options">What part of a video is measured, and at which size.</param>
internal sealed class VideoMeter(VideoEvaluationOptions options) : IMeter<VideoClip, EvaluatedClip, VideoMeasurement>
{
    /// <summary>The most bytes of a clip's frames: it is in memory twice.</summary>
    internal const long MostBytes = 1L << 30;

    // A key group and something that follows it, whatever the codec.
    private const int WarmUpFrames = 4;

    private readonly Dictionary<(string Sha256, string Codec, double Setting), byte[]> _files = [];

    /// <summary>There is no choice of measures.</summary>
    public string Variant => string.Empty;

    /// <inheritdoc/>
    public (EvaluatedClip Item, VideoClip Media) Read(string file)
    {
        // 8 bits and 4:2:0 are what every codec takes, and what the 6:1:1 of the measure is meant for.
        using var reader = VideoReader.Open(
            file, new VideoReadOptions { Chroma = ChromaFormat.Yuv420, BitDepth = 8, Size = options.Size, MaxFrames = options.Frames });
        string name = Path.GetFileName(file);
        var frames = new List<VideoFrame>();
        while (reader.Read() is { } frame)
        {
            frames.Add(frame);
            if (frames.Count * frame.Samples.LongLength > MostBytes)
            {
                throw new LimitExceededException($"'{name}' has more than {MostBytes >> 20} MB of frames, which are measured in memory; measure fewer or smaller ones.");
            }
        }

        if (frames.Count == 0)
        {
            throw new MediaException($"'{name}' has no frame.");
        }

        VideoInfo info = reader.Info;
        var clip = new VideoClip(info.Format, info.Clock, info.FrameRate, frames);
        return (new EvaluatedClip(
            name, info.Format.Width, info.Format.Height, frames.Count, RoundedConverter.Round(info.FrameRate.TicksPerSecond), clip.Sha256), clip);
    }

    /// <inheritdoc/>
    public VideoClip ForWarmUp(VideoClip media) => media.Beginning(WarmUpFrames);

    /// <inheritdoc/>
    public VideoMeasurement Measure(IMediaContender<VideoClip> contender, double setting, VideoClip media, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        byte[] file = contender.Encode(media, setting, cancellation);
        long middle = Stopwatch.GetTimestamp();
        VideoClip back = contender.Decode(file, cancellation);
        long end = Stopwatch.GetTimestamp();
        cancellation.ThrowIfCancellationRequested();
        Check(contender, media, back);
        if (!contender.IsAnchor)
        {
            _files[(media.Sha256, contender.Name, setting)] = file;
        }

        return Compare(media, back, file.Length, Stopwatch.GetElapsedTime(start, middle), Stopwatch.GetElapsedTime(middle, end));
    }

    /// <summary>What a codec makes of a video, for looking at: of the file that was measured if that is still there, as a fit may take hours.</summary>
    public VideoClip Take(IMediaContender<VideoClip> contender, double setting, VideoClip media, CancellationToken cancellation)
    {
        byte[] file = _files.GetValueOrDefault((media.Sha256, contender.Name, setting)) ?? contender.Encode(media, setting, cancellation);
        VideoClip back = contender.Decode(file, cancellation);
        Check(contender, media, back);
        return back;
    }

    /// <summary>The decoded video must be comparable.</summary>
    /// <exception cref="CodecException">The codec did not give all frames back.</exception>
    private static void Check(IContender contender, VideoClip original, VideoClip decoded)
    {
        (VideoFormat given, VideoFormat returned) = (original.Format, decoded.Format);
        if ((given.Width, given.Height, original.Frames.Count) != (returned.Width, returned.Height, decoded.Frames.Count))
        {
            throw new CodecException(
                $"{contender.Name} was given {original.Frames.Count} frames of {given.Width} x {given.Height} pixels and returned {decoded.Frames.Count} of {returned.Width} x {returned.Height}.");
        }
    }

    /// <summary>Measures a decoded video of the same size and as many frames.</summary>
    internal static VideoMeasurement Compare(VideoClip original, VideoClip decoded, long bytes, TimeSpan encode, TimeSpan decode)
    {
        var frames = new FrameScores[original.Frames.Count];
        Parallel.For(0, frames.Length, i => frames[i] = Compare(original.Frames[i], decoded.Frames[i]));
        double Mean(Func<FrameScores, double> of) => RoundedConverter.Round(frames.Average(of));
        return new VideoMeasurement(
            bytes,
            RoundedConverter.Round(8.0 * bytes / original.PixelCount),
            Mean(f => f.Planes.Weighted),
            Mean(f => f.Planes.Y),
            Mean(f => f.RgbDb),
            Mean(f => f.MsSsim),
            RoundedConverter.Round(encode.TotalSeconds),
            RoundedConverter.Round(decode.TotalSeconds));
    }

    private static FrameScores Compare(VideoFrame original, VideoFrame decoded)
    {
        VideoFormat format = original.Format;
        byte[] rgb = FrameConversion.ToRgb(original), back = FrameConversion.ToRgb(decoded);
        return new FrameScores(
            VideoPsnr.Planes(original.Samples, FrameConversion.To(format, decoded).Samples, format.Width * format.Height),
            VideoPsnr.Compute(rgb, back),
            MsSsim.Compute(rgb, back, format.Width, format.Height, channels: 3));
    }

    /// <summary>One frame.</summary>
    private readonly record struct FrameScores(FramePsnr Planes, double RgbDb, double MsSsim);
}
