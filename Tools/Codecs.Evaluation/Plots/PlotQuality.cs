namespace Codecs.Evaluation;

/// <summary>The measure on a plot's vertical axis.</summary>
public enum PlotQuality
{
    /// <summary>Mean PSNR over RGB, dB.</summary>
    Psnr,

    /// <summary>MS-SSIM, dB.</summary>
    MsSsim,

    /// <summary>Mean HaarPSI.</summary>
    HaarPsi,

    /// <summary>Mean DSS.</summary>
    Dss,

    /// <summary>Mean SSIMULACRA 2.</summary>
    Ssimulacra2,

    /// <summary>Mean MDSI, lower is better.</summary>
    Mdsi,

    /// <summary>Mean GMSD, lower is better.</summary>
    Gmsd,
}
