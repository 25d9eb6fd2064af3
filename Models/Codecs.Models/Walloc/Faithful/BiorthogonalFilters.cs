namespace Codecs.Models.Walloc.Faithful;

/// <summary>The CDF 9/7 filter pair in the 10-tap form that wavelet libraries call bior4.4.</summary>
/// <remarks>Cohen, Daubechies and Feauveau 1992; taps as PyWavelets stores them, so that the buffers of official checkpoints can be compared.</remarks>
internal static class BiorthogonalFilters
{
    internal const int Taps = 10;

    private static readonly double[] s_analysisLow =
    [
        0, 0.03782845550726404, -0.023849465019556843, -0.11062440441843718, 0.37740285561283066,
        0.85269867900889385, 0.37740285561283066, -0.11062440441843718, -0.023849465019556843, 0.03782845550726404,
    ];

    private static readonly double[] s_analysisHigh =
    [
        0, -0.064538882628697058, 0.040689417609164058, 0.41809227322161724, -0.7884856164055829,
        0.41809227322161724, 0.040689417609164058, -0.064538882628697058, 0, 0,
    ];

    // The synthesis filters are the analysis filters of the other band with alternating signs.
    /// <summary>Low-pass synthesis filter.</summary>
    internal static IReadOnlyList<double> SynthesisLow { get; } =
    [
        0, -0.064538882628697058, -0.040689417609164058, 0.41809227322161724, 0.7884856164055829,
        0.41809227322161724, -0.040689417609164058, -0.064538882628697058, 0, 0,
    ];

    /// <summary>High-pass synthesis filter.</summary>
    internal static IReadOnlyList<double> SynthesisHigh { get; } =
    [
        0, -0.03782845550726404, -0.023849465019556843, 0.11062440441843718, 0.37740285561283066,
        -0.85269867900889385, 0.37740285561283066, 0.11062440441843718, -0.023849465019556843, -0.03782845550726404,
    ];

    /// <summary>Low-pass analysis filter, reversed in time: the form that a correlation, and so torch's convolution, wants.</summary>
    internal static IReadOnlyList<double> ReversedAnalysisLow { get; } = [.. s_analysisLow.Reverse()];

    /// <summary>High-pass analysis filter, reversed in time.</summary>
    internal static IReadOnlyList<double> ReversedAnalysisHigh { get; } = [.. s_analysisHigh.Reverse()];
}
