namespace Codecs.Metrics.Video;

/// <summary>PSNR of the planes of one frame, each at most <see cref="VideoPsnr.Ceiling"/>.</summary>
/// <param name="Y">Of luma, dB.</param>
/// <param name="U">Of the first chroma plane, dB.</param>
/// <param name="V">Of the second chroma plane, dB.</param>
public readonly record struct FramePsnr(double Y, double U, double V)
{
    private const int LumaWeight = 6, ChromaWeight = 1;

    /// <summary>PSNR-YUV 6:1:1 in dB: (6 Y + U + V) / 8.</summary>
    /// <remarks>
    /// J. Ohm, G. Sullivan, H. Schwarz, T. K. Tan, T. Wiegand, "Comparison of the coding efficiency of video coding standards", IEEE TCSVT 22 (12), 2012, for 4:2:0.
    /// </remarks>
    public double Weighted => ((LumaWeight * Y) + (ChromaWeight * (U + V))) / (LumaWeight + (2 * ChromaWeight));
}
