using Codecs.Formats.Media;

namespace Codecs.Video.Nirvana;

/// <summary>PSNR of decoded frames over all planes: mean over frames, (6 Y + Cb + Cr) / 8 where there is chroma, else the mean over planes.</summary>
internal static class GroupPsnr
{
    private const double Identical = 100;

    /// <summary>In decibels, at most 100.</summary>
    internal static double Of(IReadOnlyList<VideoFrame> original, IReadOnlyList<VideoFrame> decoded)
    {
        double sum = 0;
        for (int i = 0; i < original.Count; i++)
        {
            sum += Of(original[i], decoded[i]);
        }

        return sum / original.Count;
    }

    private static double Of(VideoFrame original, VideoFrame decoded)
    {
        VideoFormat format = original.Format;
        double[] planes = [.. Enumerable.Range(0, format.PlaneCount).Select(p => Plane(original, decoded, p))];
        return format.Chroma is ChromaFormat.Rgb or ChromaFormat.Grey ? planes.Average() : ((6 * planes[0]) + planes[1] + planes[2]) / 8;
    }

    private static double Plane(VideoFrame original, VideoFrame decoded, int plane)
    {
        VideoFormat format = original.Format;
        int count = format.PlaneWidth(plane) * format.PlaneHeight(plane);
        ushort[] a = new ushort[count], b = new ushort[count];
        original.Read(plane, a);
        decoded.Read(plane, b);
        double error = 0;
        for (int i = 0; i < count; i++)
        {
            double difference = a[i] - b[i];
            error += difference * difference;
        }

        double peak = (1 << format.BitDepth) - 1;
        return error == 0 ? Identical : Math.Min(Identical, 10 * Math.Log10(peak * peak * count / error));
    }
}
