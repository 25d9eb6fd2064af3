using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video.Tests;

/// <summary>Small videos, and ways through the codec.</summary>
internal static class Clips
{
    internal static FrameClock Film { get; } = new(24, 1);

    internal static VideoFormat Format { get; } = new(20, 12, ChromaFormat.Yuv420)
    {
        Primaries = 9, Transfer = 16, Matrix = 9, Orientation = 6, PixelAspect = (4, 3),
    };

    /// <summary>No loss, key groups every half second of <see cref="Film"/>.</summary>
    internal static VideoEncoderOptions Lossless { get; } = new() { Quality = 100, KeyInterval = 0.5 };

    /// <summary>A bright field that moves to and fro over a slope, with a little noise.</summary>
    /// <param name="count">Frames.</param>
    /// <param name="format">What they are.</param>
    /// <param name="times">Time of each; its number when null.</param>
    /// <param name="scenes">First frames of new scenes.</param>
    internal static List<VideoFrame> Moving(int count, VideoFormat? format = null, Func<int, long>? times = null, params int[] scenes)
    {
        format ??= Format;
        var frames = new List<VideoFrame>();
        var noise = new Random(count);
        for (int f = 0, scene = 0; f < count; f++)
        {
            scene += scenes.Contains(f) ? 1 : 0;
            var frame = new VideoFrame(format, new byte[format.FrameBytes], times?.Invoke(f) ?? f);
            for (int p = 0; p < format.PlaneCount; p++)
            {
                int width = format.PlaneWidth(p), height = format.PlaneHeight(p);
                var values = new ushort[width * height];
                for (int i = 0; i < values.Length; i++)
                {
                    int x = i % width, y = i / width;
                    bool isField = Math.Abs(x - Math.Abs((f / 2 % (2 * width)) - width)) < 3 && y is > 2 and < 8;
                    int value = ((isField ? 200 : 40 + (2 * x) + y) + (scene % 2 * 90) + noise.Next(2)) << (format.BitDepth - 8);
                    values[i] = (ushort)Math.Min(value, (1 << format.BitDepth) - 1);
                }

                frame.Write(p, values);
            }

            frames.Add(frame);
        }

        return frames;
    }

    internal static VideoCodec Codec(StoredClips? clips = null, int workers = 3, NcfLimits? limits = null) =>
        new("stored", clips ?? new StoredClips(), new VideoCodecOptions { Workers = workers, Limits = limits ?? NcfLimits.Default });

    internal static VideoDescription Describe(IReadOnlyList<VideoFrame> frames, FrameClock? clock = null, long frameTicks = 1) =>
        new(frames[0].Format, clock ?? Film) { FrameCount = frames.Count, FrameTicks = frameTicks };

    internal static List<VideoFrame> ReadAll(VideoDecoder decoder)
    {
        var frames = new List<VideoFrame>();
        while (decoder.Read() is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }

    internal static void AssertSame(IReadOnlyList<VideoFrame> expected, IReadOnlyList<VideoFrame> found)
    {
        Assert.Equal(expected.Select(f => f.Timestamp), found.Select(f => f.Timestamp));
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Format, found[i].Format);
            Assert.Equal(expected[i].Samples, found[i].Samples);
        }
    }

    internal static NcfFile Parse(byte[] file) => NcfFile.Parse(file, NcfLimits.Default);
}
