namespace Codecs.Evaluation;

/// <summary>A curve read at a round rate.</summary>
/// <param name="BitsPerPixel">The rate.</param>
/// <param name="PsnrDb">PSNR, dB, linear in the logarithm of the rate between two points; null outside the curve.</param>
public sealed record QualityAtRate(double BitsPerPixel, double? PsnrDb);
