namespace Codecs.Evaluation;

/// <summary>The measure on the vertical axis of a plot of videos.</summary>
public enum VideoPlotQuality
{
    /// <summary>Mean PSNR-YUV 6:1:1, dB.</summary>
    PsnrYuv,

    /// <summary>Mean PSNR over RGB, dB.</summary>
    PsnrRgb,

    /// <summary>MS-SSIM, dB.</summary>
    MsSsim,
}
