namespace Codecs.Metrics.Video;

/// <summary>PSNR of single frames, for means over a video.</summary>
/// <remarks>
/// A mean over frames is a mean of decibels, so planes that came back exactly must count as a number: no plane counts more than <see cref="Ceiling"/>, as in
/// Netflix' libvmaf (6 dB a bit and 12), where a still or grey part of a video would otherwise make the whole infinitely good.
/// </remarks>
public static class VideoPsnr
{
    /// <summary>Most decibels of a plane or frame of 8-bit samples.</summary>
    public const double Ceiling = 60;

    /// <summary>PSNR over all samples of a frame at once, as for RGB.</summary>
    /// <param name="a">Samples, uint8, of any shape.</param>
    /// <param name="b">Samples of the same shape.</param>
    /// <returns>Decibels, at most <see cref="Ceiling"/>.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are zero.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Math.Min(Ceiling, Psnr.Compute(a, b));

    /// <summary>PSNR of luma and of each chroma plane.</summary>
    /// <param name="a">Y, U, V one after the other, uint8; both chroma planes of the same size.</param>
    /// <param name="b">A frame of the same shape.</param>
    /// <param name="lumaSamples">Samples of Y, at least 1 and fewer than there are.</param>
    /// <exception cref="ArgumentException">The lengths differ, or do not fit the planes.</exception>
    public static FramePsnr Planes(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int lumaSamples)
    {
        int chroma = (a.Length - lumaSamples) / 2;
        if (a.Length != b.Length || lumaSamples < 1 || chroma < 1 || lumaSamples + (2 * chroma) != a.Length)
        {
            throw new ArgumentException($"{lumaSamples} samples of luma and two planes of chroma are needed, found {a.Length} and {b.Length} samples.");
        }

        return new FramePsnr(
            Compute(a[..lumaSamples], b[..lumaSamples]),
            Compute(a.Slice(lumaSamples, chroma), b.Slice(lumaSamples, chroma)),
            Compute(a[^chroma..], b[^chroma..]));
    }
}
