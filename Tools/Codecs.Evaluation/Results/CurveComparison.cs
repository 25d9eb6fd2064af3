namespace Codecs.Evaluation;

/// <summary>How one codec does against another; each value is null when the curves share no range.</summary>
/// <param name="Codec">The codec under test.</param>
/// <param name="Anchor">What it is compared with.</param>
/// <param name="BdRatePsnrPercent">BD-rate at equal PSNR, per cent; -20 means 20 % fewer bytes than the anchor.</param>
/// <param name="BdRateMsSsimPercent">BD-rate at equal MS-SSIM in dB, per cent.</param>
/// <param name="BdPsnrDb">Mean gain in PSNR at equal rate, dB.</param>
public sealed record CurveComparison(string Codec, string Anchor, double? BdRatePsnrPercent, double? BdRateMsSsimPercent, double? BdPsnrDb)
{
    /// <summary>BD-rate at equal HaarPSI, per cent.</summary>
    public double? BdRateHaarPsiPercent { get; init; }

    /// <summary>BD-rate at equal DSS, per cent.</summary>
    public double? BdRateDssPercent { get; init; }

    /// <summary>BD-rate at equal SSIMULACRA 2, per cent.</summary>
    public double? BdRateSsimulacra2Percent { get; init; }

    /// <summary>BD-rate at equal MDSI, per cent; minus means fewer bytes here too.</summary>
    public double? BdRateMdsiPercent { get; init; }

    /// <summary>BD-rate at equal GMSD, per cent; minus means fewer bytes here too.</summary>
    public double? BdRateGmsdPercent { get; init; }
}
