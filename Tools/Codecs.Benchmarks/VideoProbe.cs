using System.Diagnostics;
using System.Globalization;
using Codecs.Formats.Media;
using Codecs.Metrics.Video;
using Codecs.Video;

namespace Codecs.Benchmarks;

/// <summary>Prints, as a Markdown table, how fast a video model encodes and decodes a clip at its efforts, next to x264 in the same run.</summary>
/// <remarks>Whole encodes and decodes, frames in memory to file in memory and back, on all processors. An encode runs once, as it may take minutes; what is
/// compiled and loaded only once is warmed with a few frames. x264 is a process of its own, whose start counts.</remarks>
internal static class VideoProbe
{
    private const string DefaultModel = "nirvana";
    private const double DefaultQuality = 50;
    private const int WarmFrames = 4;
    private static readonly int[] s_efforts = [1, 3, 5, 7, 9];
    private static readonly TimeSpan s_timePerLine = TimeSpan.FromSeconds(2);

    /// <param name="args">A video file, a model, a quality, most frames, and efforts with commas between them; the later ones may be left out, and all of them.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args)
    {
        if (args.Length > 5)
        {
            Console.Error.WriteLine("usage: video [FILE [MODEL [QUALITY [FRAMES [EFFORTS]]]]]");
            return 2;
        }

        string path = args.ElementAtOrDefault(0) ?? Path.Combine(AppContext.BaseDirectory, "Data", "bunny.mp4");
        double quality = args.ElementAtOrDefault(2) is { } q ? double.Parse(q, CultureInfo.InvariantCulture) : DefaultQuality;
        long? most = args.ElementAtOrDefault(3) is { } n ? long.Parse(n, CultureInfo.InvariantCulture) : null;
        int[] efforts = args.ElementAtOrDefault(4) is { } e ? [.. e.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : s_efforts;
        using var codec = VideoCodec.Open(args.ElementAtOrDefault(1) ?? DefaultModel);
        using var reader = VideoReader.Open(path, new VideoReadOptions { Chroma = ChromaFormat.Yuv420, BitDepth = 8, MaxFrames = most });
        VideoFrame[] frames = [.. Read(reader)];
        VideoFormat format = reader.Info.Format;
        Print($"{codec.Name}, quality {quality}, {Path.GetFileName(path)}: {frames.Length} frames of {format.Width} x {format.Height}, {Environment.ProcessorCount} processors");
        Print($"| codec | bits per pixel | PSNR-Y, dB | encode, frames/s | decode, frames/s | encode time / x264's | decode time / x264's |");
        Print($"| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        VideoFormat kept = codec.Accept(format);
        VideoFrame[] given = [.. frames.Select(f => Convert(f, kept))];
        _ = codec.Decode(codec.Encode([.. given.Take(WarmFrames)], reader.Info.Clock, new VideoEncoderOptions { Quality = quality, Effort = 1 }));
        Line? peer = null;
        foreach (int effort in efforts)
        {
            long start = Stopwatch.GetTimestamp();
            byte[] file = codec.Encode(given, reader.Info.Clock, new VideoEncoderOptions { Quality = quality, Effort = effort });
            double encode = Stopwatch.GetElapsedTime(start).TotalSeconds;
            IReadOnlyList<VideoFrame> back = [];
            double decode = BestRun.Seconds(() => back = codec.Decode(file), s_timePerLine);
            peer ??= Nearest(frames, reader.Info, file.Length);
            Show(new Line($"{codec.Name}, effort {effort}", file.Length, Psnr(frames, back), encode, decode), frames, peer);
        }

        if (peer is not null)
        {
            Show(peer, frames, peer);
        }

        return 0;
    }

    private static IEnumerable<VideoFrame> Read(VideoReader reader)
    {
        while (reader.Read() is { } frame)
        {
            yield return frame;
        }
    }

    /// <summary>x264 at the step of its ladder with the nearest size.</summary>
    private static Line Nearest(VideoFrame[] frames, VideoInfo info, int bytes)
    {
        ClassicalVideoCodec codec = ClassicalVideoCodec.X264;
        byte[] Encode(double crf) => codec.Encode(frames, info.Format, info.FrameRate, crf);
        double crf = codec.Ladder.MinBy(step => Math.Abs(Math.Log((double)Encode(step).Length / bytes)));
        byte[] file = Encode(crf);
        VideoFrame[] Decode() => [.. codec.Decode(file, info.Format)];
        return new Line(
            string.Create(CultureInfo.InvariantCulture, $"{codec.Name} {codec.DefaultPreset}, crf {crf}"),
            file.Length,
            Psnr(frames, Decode()),
            BestRun.Seconds(() => Encode(crf), s_timePerLine),
            BestRun.Seconds(() => Decode(), s_timePerLine));
    }

    private static void Show(Line line, VideoFrame[] frames, Line peer)
    {
        VideoFormat format = frames[0].Format;
        double bits = 8.0 * line.Bytes / ((double)format.Width * format.Height * frames.Length);
        Print($"| {line.Name} | {bits:F4} | {line.PsnrDb:F2} | {frames.Length / line.Encode:F3} | {frames.Length / line.Decode:F1} | {line.Encode / peer.Encode:F1} | {line.Decode / peer.Decode:F1} |");
    }

    /// <summary>Mean over frames of the PSNR of luma.</summary>
    private static double Psnr(VideoFrame[] original, IReadOnlyList<VideoFrame> decoded) =>
        original.Zip(decoded).Average(pair => VideoPsnr.Compute(pair.First.Plane(0), Convert(pair.Second, pair.First.Format).Plane(0)));

    private static VideoFrame Convert(VideoFrame frame, VideoFormat format)
    {
        if (frame.Format == format)
        {
            return frame;
        }

        byte[] rgb = new byte[3 * format.Width * format.Height];
        VideoColor.ToRgb(frame, rgb);
        return VideoColor.FromRgb(rgb, format, frame.Timestamp);
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    /// <summary>One row: bytes, dB, seconds of a whole encode and of a whole decode.</summary>
    private sealed record Line(string Name, int Bytes, double PsnrDb, double Encode, double Decode);
}
