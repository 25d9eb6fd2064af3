using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Adds up |log10(x / y)| and |x - y| of magnitudes: the L1 distances mel and STFT metrics share.</summary>
internal struct SpectrumDistance
{
    /// <summary>Magnitudes below this count as this in the logarithm (DAC's clamp).</summary>
    private const double Floor = 1e-5;

    private double _logarithms;
    private double _magnitudes;
    private long _count;

    public readonly double MeanLog10 => _logarithms / _count;

    public readonly double MeanMagnitude => _magnitudes / _count;

    /// <summary>Adds one row of values: [count] vectors with a frame per lane.</summary>
    public void Add(ReadOnlySpan<Lane> x, ReadOnlySpan<Lane> y, int lanes)
    {
        Lane floor = Vector256.Create(Floor);
        Lane logarithms = Lane.Zero;
        Lane magnitudes = Lane.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            // One logarithm of the ratio instead of two.
            logarithms += Vector256.Abs(Vector256.Log(Vector256.Max(x[i], floor) / Vector256.Max(y[i], floor)));
            magnitudes += Vector256.Abs(x[i] - y[i]);
        }

        _logarithms += PairedStft.Sum(logarithms, lanes) / Math.Log(10);
        _magnitudes += PairedStft.Sum(magnitudes, lanes);
        _count += (long)x.Length * lanes;
    }
}
