namespace Codecs.Evaluation;

/// <summary>What the measures of a video, or their means, have in common.</summary>
internal interface IVideoQuality
{
    /// <summary>Bits for each pixel of each frame.</summary>
    double BitsPerPixel { get; }

    /// <summary>PSNR-YUV 6:1:1, dB.</summary>
    double PsnrYuvDb { get; }

    /// <summary>PSNR of luma, dB.</summary>
    double PsnrYDb { get; }

    /// <summary>PSNR over RGB, dB.</summary>
    double PsnrRgbDb { get; }

    /// <summary>MS-SSIM, 0..1.</summary>
    double MsSsim { get; }
}
