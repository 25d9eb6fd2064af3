using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>The filters that official state dictionaries carry: checked, so that a codec with other wavelets is not taken for one of ours.</summary>
internal static class WaveletBuffers
{
    /// <summary>Prefixes of names that are no parameters.</summary>
    internal const string Analysis = "wt", Synthesis = "iwt";

    private const string Meaning = "a filter of the CDF 9/7 wavelet (bior4.4)";

    /// <summary>True for the name of a filter.</summary>
    internal static bool Contains(string name) =>
        name.StartsWith(Analysis + ".", StringComparison.Ordinal) || name.StartsWith(Synthesis + ".", StringComparison.Ordinal);

    /// <summary>Takes all filters and compares them.</summary>
    /// <exception cref="ModelMismatchException">A filter is not that of CDF 9/7.</exception>
    internal static void Check(WeightScope weights, bool isAudio)
    {
        const int taps = BiorthogonalFilters.Taps;
        (string Suffix, long[] Shape)[] forms = isAudio
            ? [("", [1, 1, taps])]
            : [("_col", [1, 1, taps, 1]), ("_row", [1, 1, 1, taps])];
        foreach ((string suffix, long[] shape) in forms)
        {
            Check(weights.At(Analysis), "h0" + suffix, shape, BiorthogonalFilters.ReversedAnalysisLow);
            Check(weights.At(Analysis), "h1" + suffix, shape, BiorthogonalFilters.ReversedAnalysisHigh);
            Check(weights.At(Synthesis), "g0" + suffix, shape, BiorthogonalFilters.SynthesisLow);
            Check(weights.At(Synthesis), "g1" + suffix, shape, BiorthogonalFilters.SynthesisHigh);
        }
    }

    /// <summary>Compares one filter of a state dictionary.</summary>
    /// <inheritdoc cref="Check(WeightScope, bool)" path="/exception"/>
    internal static void Check(SafetensorsTensor filter)
    {
        IReadOnlyList<double> expected = filter.Name.Split('.', '_')[1] switch
        {
            "h0" => BiorthogonalFilters.ReversedAnalysisLow,
            "h1" => BiorthogonalFilters.ReversedAnalysisHigh,
            "g0" => BiorthogonalFilters.SynthesisLow,
            _ => BiorthogonalFilters.SynthesisHigh,
        };
        FixedBuffer.Check(filter.Name, filter.ToFloats(), expected, Meaning);
    }

    private static void Check(WeightScope weights, string name, long[] shape, IReadOnlyList<double> expected)
    {
        using Tensor found = weights.Take(name, shape);
        FixedBuffer.Check(weights.Prefix + name, found, expected, Meaning);
    }
}
