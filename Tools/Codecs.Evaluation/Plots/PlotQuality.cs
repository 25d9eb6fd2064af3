namespace Codecs.Evaluation;

/// <summary>The measure on a plot's vertical axis.</summary>
public enum PlotQuality
{
    /// <summary>Mean PSNR over RGB, dB.</summary>
    Psnr,

    /// <summary>MS-SSIM, dB.</summary>
    MsSsim,
}
