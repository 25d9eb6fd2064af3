using Codecs.Formats.Media;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>Frames to planes of 13 bits and back.</summary>
internal static class FramePlanes
{
    private const int Bits = 13, Middle = 1 << (Bits - 1);

    /// <summary>The planes that frames of a format have inside.</summary>
    internal static PictureShape ShapeOf(VideoFormat format) => new(
        format.Width, format.Height, format.PlaneCount, format.Chroma is ChromaFormat.Yuv420 or ChromaFormat.Yuv422, format.Chroma == ChromaFormat.Yuv420,
        format.Chroma == ChromaFormat.Rgb);

    /// <summary>Samples of a frame; RGB as luma and two colour differences.</summary>
    internal static Grid[] FromFrame(VideoFrame frame)
    {
        VideoFormat format = frame.Format;
        int shift = Bits - format.BitDepth;
        var planes = new Grid[format.PlaneCount];
        ushort[] samples = new ushort[format.PlaneWidth(0) * format.PlaneHeight(0)];
        for (int p = 0; p < planes.Length; p++)
        {
            planes[p] = Grid.Create(format.PlaneWidth(p), format.PlaneHeight(p));
            frame.Read(p, samples);
            for (int y = 0; y < planes[p].Height; y++)
            {
                Span<short> row = planes[p].Row(y);
                ReadOnlySpan<ushort> from = samples.AsSpan(y * row.Length, row.Length);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = (short)((from[x] << shift) - Middle);
                }
            }
        }

        if (format.Chroma == ChromaFormat.Rgb)
        {
            Turn(planes, static (r, g, b) => ((r + (2 * g) + b) >> 2, ((2 * g) - r - b) >> 2, (r - b) >> 1));
        }

        foreach (Grid plane in planes)
        {
            plane.Extend();
        }

        return planes;
    }

    /// <summary>The frame of decoded planes.</summary>
    internal static VideoFrame ToFrame(Grid[] planes, VideoFormat format)
    {
        if (format.Chroma == ChromaFormat.Rgb)
        {
            planes = [.. planes.Select(Copy)];
            Turn(planes, static (luma, green, orange) => (luma - green + orange, luma + green, luma - green - orange));
        }

        int shift = Bits - format.BitDepth, half = 1 << (shift - 1), largest = (1 << format.BitDepth) - 1;
        var frame = new VideoFrame(format, new byte[format.FrameBytes]);
        for (int p = 0; p < planes.Length; p++)
        {
            ushort[] samples = new ushort[planes[p].Width * planes[p].Height];
            for (int y = 0; y < planes[p].Height; y++)
            {
                ReadOnlySpan<short> row = planes[p].Row(y);
                Span<ushort> to = samples.AsSpan(y * row.Length, row.Length);
                for (int x = 0; x < row.Length; x++)
                {
                    to[x] = (ushort)Math.Clamp((row[x] + Middle + half) >> shift, 0, largest);
                }
            }

            frame.Write(p, samples);
        }

        return frame;
    }

    private static Grid Copy(Grid plane)
    {
        Grid copy = Grid.Create(plane.Width, plane.Height);
        plane.Samples.CopyTo(copy.Samples, 0);
        return copy;
    }

    private static void Turn(Grid[] planes, Func<int, int, int, (int, int, int)> turn)
    {
        short[] a = planes[0].Samples, b = planes[1].Samples, c = planes[2].Samples;
        for (int i = 0; i < a.Length; i++)
        {
            (int x, int y, int z) = turn(a[i], b[i], c[i]);
            (a[i], b[i], c[i]) = ((short)x, (short)y, (short)z);
        }
    }
}
