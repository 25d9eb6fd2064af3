using System.Numerics;
using System.Runtime.Intrinsics;

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
    internal const float Alpha = -1.586134342059924f, Beta = -0.052980118572961f, Gamma = 0.882911075530934f, Delta = 0.443506852043971f;
    internal const float LowScale = 1.149604398860241f, HighScale = -1 / LowScale; // bior4.4 has its high pass negative

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

    // Eight pairs at a time: lanes (e0 o0 e1 o1 ...) become (e0 .. e3 o0 .. o3), halves of two such vectors a vector of evens and one of odds.
    private static void Deinterleave(ReadOnlySpan<float> signal, Span<float> low, Span<float> high)
    {
        int k = 0;
        for (; Vector256.IsHardwareAccelerated && k <= low.Length - 8; k += 8)
        {
            ReadOnlySpan<float> pairs = signal.Slice(2 * k, 16);
            Vector256<float> a = Vector256.Shuffle(Vector256.Create(pairs), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
            Vector256<float> b = Vector256.Shuffle(Vector256.Create(pairs[8..]), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
            Vector256.Create(a.GetLower(), b.GetLower()).CopyTo(low.Slice(k, 8));
            Vector256.Create(a.GetUpper(), b.GetUpper()).CopyTo(high.Slice(k, 8));
        }

        for (; k < low.Length; k++)
        {
            (low[k], high[k]) = (signal[2 * k], signal[(2 * k) + 1]);
        }
    }

    private static void Interleave(ReadOnlySpan<float> low, ReadOnlySpan<float> high, Span<float> signal)
    {
        int k = 0;
        for (; Vector256.IsHardwareAccelerated && k <= low.Length - 8; k += 8)
        {
            Vector256<float> e = Vector256.Create(low.Slice(k, 8)), o = Vector256.Create(high.Slice(k, 8));
            Span<float> pairs = signal.Slice(2 * k, 16);
            Vector256.Shuffle(Vector256.Create(e.GetLower(), o.GetLower()), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).CopyTo(pairs);
            Vector256.Shuffle(Vector256.Create(e.GetUpper(), o.GetUpper()), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).CopyTo(pairs[8..]);
        }

        for (; k < low.Length; k++)
        {
            (signal[2 * k], signal[(2 * k) + 1]) = (low[k], high[k]);
        }
    }
}
