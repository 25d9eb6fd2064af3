using Codecs.Formats.Media;

namespace Codecs.Training.Nirvana;

/// <summary>Frames of views: red, green and blue, 0..255, [rows, columns, 3].</summary>
internal static class ViewFrames
{
    // ITU-R BT.601, limited range: luma, Cb, Cr by red, green, blue.
    private static readonly float[][] s_matrix =
    [
        [65.481f / 255, 128.553f / 255, 24.966f / 255], [-37.797f / 255, -74.203f / 255, 112f / 255], [112f / 255, -93.786f / 255, -18.214f / 255],
    ];

    /// <summary>What <see cref="ToRgb"/> gives.</summary>
    internal static VideoFormat Rgb(int size) => new(size, size, ChromaFormat.Rgb);

    /// <summary>What <see cref="ToYuv420"/> gives.</summary>
    internal static VideoFormat Yuv420(int size) => new(size, size, ChromaFormat.Yuv420);

    /// <summary>As it is.</summary>
    internal static VideoFrame ToRgb(float[] view, int size)
    {
        VideoFormat format = Rgb(size);
        var frame = new VideoFrame(format, new byte[format.FrameBytes]);
        for (int p = 0; p < 3; p++)
        {
            Span<byte> plane = frame.Plane(p);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = Round(view[(i * 3) + p]);
            }
        }

        return frame;
    }

    /// <summary>As video has it; a chroma sample is the mean of its four pixels.</summary>
    internal static VideoFrame ToYuv420(float[] view, int size)
    {
        VideoFormat format = Yuv420(size);
        var frame = new VideoFrame(format, new byte[format.FrameBytes]);
        Span<byte> luma = frame.Plane(0);
        for (int i = 0; i < luma.Length; i++)
        {
            luma[i] = Round(16 + Dot(s_matrix[0], view, i * 3));
        }

        for (int p = 1; p < 3; p++)
        {
            Span<byte> chroma = frame.Plane(p);
            for (int i = 0; i < chroma.Length; i++)
            {
                int half = size / 2, at = ((i / half * 2 * size) + (i % half * 2)) * 3, below = at + (size * 3);
                float sum = Dot(s_matrix[p], view, at) + Dot(s_matrix[p], view, at + 3) + Dot(s_matrix[p], view, below) + Dot(s_matrix[p], view, below + 3);
                chroma[i] = Round(128 + (sum / 4));
            }
        }

        return frame;
    }

    private static float Dot(float[] weights, float[] view, int at) => (weights[0] * view[at]) + (weights[1] * view[at + 1]) + (weights[2] * view[at + 2]);

    private static byte Round(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
