namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Likeness of pictures of two models, mean over the views.</summary>
/// <param name="Psnr">PSNR over the union of both silhouettes in dB, at most <see cref="RenderComparison.Ceiling"/> a view.</param>
/// <param name="Ssim">SSIM over the rectangle around both silhouettes, 0..1 as a rule.</param>
public readonly record struct PictureScore(double Psnr, double Ssim);
