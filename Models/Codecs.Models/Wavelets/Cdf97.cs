using System.Numerics;
using System.Runtime.InteropServices;

namespace Codecs.Models.Wavelets;

/// <summary>One level of the CDF 9/7 wavelet transform by lifting, with mirrored ends: any signal comes back exactly, up to float rounding.</summary>
/// <remarks>
/// <para>Daubechies and Sweldens, "Factoring wavelet transforms into lifting steps", 1998. Scaled as bior4.4 (the low pass sums to the root of 2),
/// so that the transform is close to orthonormal. Away from the ends the coefficients are those of the filter bank: low[k] is centred on sample 2k,
/// high[k] on sample 2k + 1.</para>
/// <para>The ends are mirrored about the first and the last sample (x[-1] = x[1]) in every level and band, as JPEG 2000 does: nothing of one
/// end leaks into the other, and there are as many coefficients as samples.</para>
/// </remarks>
internal static class Cdf97
{
    private const float Alpha = -1.586134342059924f, Beta = -0.052980118572961f, Gamma = 0.882911075530934f, Delta = 0.443506852043971f;
    private const float LowScale = 1.149604398860241f, HighScale = -1 / LowScale; // bior4.4 has its high pass negative

    /// <summary>Splits a signal of even length into two bands of half its length.</summary>
    internal static void Split(ReadOnlySpan<float> signal, Span<float> low, Span<float> high)
    {
        Deinterleave(signal, low, high);
        Predict(low, high, Alpha);
        Update(low, high, Beta);
        Predict(low, high, Gamma);
        Update(low, high, Delta);
        Scale(low, LowScale);
        Scale(high, HighScale);
    }

    /// <summary>The signal of two bands; the bands are overwritten.</summary>
    internal static void Merge(Span<float> low, Span<float> high, Span<float> signal)
    {
        Scale(low, 1 / LowScale);
        Scale(high, 1 / HighScale);
        Update(low, high, -Delta);
        Predict(low, high, -Gamma);
        Update(low, high, -Beta);
        Predict(low, high, -Alpha);
        Interleave(low, high, signal);
    }

    // high[k] += factor * (low[k] + low[k + 1]); beyond the end the mirror of the last odd sample is the last even one.
    private static void Predict(ReadOnlySpan<float> low, Span<float> high, float factor)
    {
        int last = high.Length - 1;
        AddPairs(high[..last], low, low[1..], factor);
        high[last] += 2 * factor * low[last];
    }

    // low[k] += factor * (high[k - 1] + high[k]); before the start the mirror of the first even sample is the first odd one.
    private static void Update(Span<float> low, ReadOnlySpan<float> high, float factor)
    {
        low[0] += 2 * factor * high[0];
        AddPairs(low[1..], high, high[1..], factor);
    }

    private static void AddPairs(Span<float> to, ReadOnlySpan<float> first, ReadOnlySpan<float> second, float factor)
    {
        int k = 0;
        var wide = new Vector<float>(factor);
        for (; k <= to.Length - Vector<float>.Count; k += Vector<float>.Count)
        {
            (new Vector<float>(to[k..]) + (wide * (new Vector<float>(first[k..]) + new Vector<float>(second[k..])))).CopyTo(to[k..]);
        }

        for (; k < to.Length; k++)
        {
            to[k] += factor * (first[k] + second[k]);
        }
    }

    private static void Scale(Span<float> band, float factor)
    {
        int k = 0;
        for (; k <= band.Length - Vector<float>.Count; k += Vector<float>.Count)
        {
            (new Vector<float>(band[k..]) * factor).CopyTo(band[k..]);
        }

        for (; k < band.Length; k++)
        {
            band[k] *= factor;
        }
    }

    private static void Deinterleave(ReadOnlySpan<float> signal, Span<float> low, Span<float> high)
    {
        ReadOnlySpan<(float Even, float Odd)> pairs = MemoryMarshal.Cast<float, (float, float)>(signal);
        for (int k = 0; k < pairs.Length; k++)
        {
            (low[k], high[k]) = pairs[k];
        }
    }

    private static void Interleave(ReadOnlySpan<float> low, ReadOnlySpan<float> high, Span<float> signal)
    {
        Span<(float Even, float Odd)> pairs = MemoryMarshal.Cast<float, (float, float)>(signal);
        for (int k = 0; k < pairs.Length; k++)
        {
            pairs[k] = (low[k], high[k]);
        }
    }
}
