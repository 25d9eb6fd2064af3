using Codecs.Formats.Media;

namespace Codecs.Video.Tests.NirvanaFaithful;

/// <summary>Small made-up clips.</summary>
internal static class Clips
{
    /// <summary>Soft stripes that move by a pixel a frame over a slope.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="first">Number of the first frame.</param>
    /// <param name="count">Frames.</param>
    internal static VideoFrame[] Moving(int width, int height, int first, int count) => [.. Enumerable.Range(first, count).Select(f => Frame(width, height, (r, c) => 100 + r + (40 * Math.Sin((c + f) * 0.2))))];

    /// <summary>One frame again and again.</summary>
    internal static VideoFrame[] Still(int width, int height, int count) => [.. Enumerable.Repeat(Moving(width, height, 0, 1)[0], count)];

    /// <summary>Something else.</summary>
    internal static VideoFrame[] Checkers(int width, int height, int count) =>
        [.. Enumerable.Repeat(Frame(width, height, (r, c) => ((r / 8) + (c / 8)) % 2 == 0 ? 20 : 235), count)];

    private static VideoFrame Frame(int width, int height, Func<int, int, double> value)
    {
        var format = new VideoFormat(width, height, ChromaFormat.Rgb) { Matrix = 0, FullRange = true };
        byte[] samples = new byte[3 * width * height];
        for (int i = 0; i < samples.Length; i++)
        {
            int color = i / (width * height);
            samples[i] = (byte)Math.Clamp(value(i / width % height, i % width) + (15 * color), 0, 255);
        }

        return new VideoFrame(format, samples);
    }
}
