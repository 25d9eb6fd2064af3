namespace Codecs.Evaluation;

/// <summary>What the measures of a picture, or their means, have in common.</summary>
internal interface IPictureQuality
{
    /// <summary>PSNR over RGB, dB; null for an exact reproduction.</summary>
    double? PsnrDb { get; }

    /// <summary>MS-SSIM, 0..1.</summary>
    double MsSsim { get; }

    /// <summary>The other measures; null in files of earlier versions.</summary>
    PictureScores? Scores { get; }
}
