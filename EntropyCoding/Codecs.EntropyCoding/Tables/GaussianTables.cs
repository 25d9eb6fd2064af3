using System.Numerics;

namespace Codecs.EntropyCoding;

/// <summary>Tables of the zero-mean Gaussian, discretised to integers, one per scale.</summary>
/// <remarks>
/// The mass of value v is Phi((v + 1/2) / sigma) - Phi((v - 1/2) / sigma), computed in fixed point with 256 fractional bits, rounded to 63
/// bits and quantised by integers, so the result is the same everywhere; nothing in here runs per symbol.
/// The half width is ceil(6.1094 sigma), which leaves a mass of 1e-9 to the escape (the support rule of CompressAI), unless capped.
/// </remarks>
public static class GaussianTables
{
    /// <summary>Largest regular magnitude of <see cref="Standard"/>.</summary>
    public const int StandardMaxMagnitude = 127;

    private const int WeightBits = 63;
    private const string StandardResource = "Codecs.EntropyCoding.gaussian-64.bin";
    private const string BulkResource = "Codecs.EntropyCoding.gaussian-64-14.bin";

    // Quantile of 1 - 0.5e-9, as 61094 / 10000.
    private const int QuantileNumerator = 61094;
    private const int QuantileDenominator = 10000;

    private static readonly Lazy<TableSet> s_standard = new(() => Load(StandardResource));
    private static readonly Lazy<TableSet> s_bulk = new(() => Load(BulkResource));

    /// <summary>The suite's 64 tables: sigma from 0.11 to 64 in equal steps of the logarithm (10.6 %), 16 bits, magnitudes up to 127.</summary>
    /// <remarks>Shipped as integers (5 640 symbols); a test rebuilds them and pins the <see cref="TableSet.Id"/>.</remarks>
    public static TableSet Standard => s_standard.Value;

    /// <summary>The same scales and magnitudes at 14 bits, for <see cref="BulkRans"/>; symbols take about 0.03 % more bits than with <see cref="Standard"/>.</summary>
    /// <remarks>Shipped and tested like <see cref="Standard"/>.</remarks>
    public static TableSet Bulk => s_bulk.Value;

    /// <summary>The 64 scales of <see cref="Standard"/>, times 2^48: sigma_k = 0.11 * (64 / 0.11)^(k / 63), rounded to nearest.</summary>
    public static ReadOnlySpan<long> StandardScalesQ48 =>
    [
        30962247438172, 34254528148627, 37896883972268, 41926539130130,
        46384675972744, 51316855856349, 56773484771754, 62810328484490,
        69489082450905, 76878002334617, 85052601567116, 94096423081448,
        104101893105949, 115171265743672, 127417667990915, 140966255874766,
        155955493525174, 172538568253443, 190884956098982, 211182153843932,
        233637595196534, 258480770726300, 285965573216331, 316372892401873,
        350013485612858, 387231153657895, 428406254406661, 473959589978881,
        524356707266261, 580112655737943, 641797251153390, 710040898976903,
        785541037008017, 869069263070300, 961479220602254, 1063715322739632,
        1176822404047726, 1301956398542599, 1440396153128702, 1593556497184094,
        1763002701862074, 1950466476880678, 2157863668284355, 2387313838045765,
        2641161925607699, 2922002212742188, 3232704836643338, 3576445122212945,
        3956736033309554, 4377464074606891, 4842929010972217, 5357887810289468,
        5927603258814971, 6557897745905874, 7255212767791578, 8026674758505978,
        8880167920760807, 9824414801078499, 10869065432647925, 12024795956926951,
        13303417731886843, 14717998041965145, 16282993643361029, 18014398509481984,
    ];

    /// <summary>Builds one table per scale.</summary>
    /// <param name="scalesQ48">Standard deviations times 2^48, each above 0 and at most 2^62; 1..4096 of them.</param>
    /// <param name="precision">Bits n of the tables, 1..16.</param>
    /// <param name="maxMagnitude">Largest magnitude that gets a symbol of its own, 1..32767; larger ones are escaped.</param>
    /// <returns>Tables over -h..h plus the escape, with h = min(ceil(6.1094 sigma), maxMagnitude).</returns>
    /// <exception cref="ArgumentException">A parameter is out of range, or 2h + 2 symbols do not fit 2^n frequencies.</exception>
    public static TableSet Build(ReadOnlySpan<long> scalesQ48, int precision, int maxMagnitude)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMagnitude, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMagnitude, Rans64.MaxMagnitude);
        if (scalesQ48.IsEmpty || scalesQ48.Length > TableSet.MaxTables)
        {
            throw new ArgumentException($"{scalesQ48.Length} scales; expected 1..{TableSet.MaxTables}.", nameof(scalesQ48));
        }

        var builder = new TableSetBuilder(precision);
        foreach (long scale in scalesQ48)
        {
            if (scale is <= 0 or > 1L << 62)
            {
                throw new ArgumentOutOfRangeException(nameof(scalesQ48), scale, "A scale must be above 0 and at most 2^62.");
            }

            int half = HalfWidth(scale, maxMagnitude);
            builder.AddWeights(-half, Weights(scale, half));
        }

        return builder.Build();
    }

    /// <summary>min(ceil(6.1094 sigma), cap), at least 1.</summary>
    internal static int HalfWidth(long scaleQ48, int maxMagnitude)
    {
        Int128 denominator = (Int128)QuantileDenominator << 48;
        return (int)Int128.Min(((Int128)scaleQ48 * QuantileNumerator + denominator - 1) / denominator, maxMagnitude);
    }

    /// <summary>Phi((v + 1/2) / sigma) - 1/2 times 2^256.</summary>
    internal static BigInteger Cumulative(long scaleQ48, int value) =>
        NormalDistribution.HalfIntegral(((BigInteger)(2 * value + 1) << (NormalDistribution.Fraction + 47)) / scaleQ48);

    // Masses of -half..half and of everything outside; they sum to exactly 2^63.
    private static ulong[] Weights(long scaleQ48, int half)
    {
        ulong[] weights = new ulong[2 * half + 2];
        ulong below = 0;
        for (int v = 0; v <= half; v++)
        {
            BigInteger exact = Cumulative(scaleQ48, v);
            ulong cumulative = (ulong)((exact + (BigInteger.One << (NormalDistribution.Fraction - WeightBits - 1))) >> (NormalDistribution.Fraction - WeightBits));
            weights[half + v] = weights[half - v] = v == 0 ? 2 * cumulative : cumulative - below;
            below = cumulative;
        }

        weights[^1] = (1UL << WeightBits) - 2 * below;
        return weights;
    }

    private static TableSet Load(string resource)
    {
        using Stream stream = typeof(GaussianTables).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        byte[] canonical = new byte[stream.Length];
        stream.ReadExactly(canonical);
        return TableSet.FromBytes(canonical);
    }
}
