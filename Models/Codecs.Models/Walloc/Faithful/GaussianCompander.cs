using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful;

/// <summary>WaLLoC's bottleneck: a Gaussian CDF of fixed scale maps latents to a bounded range, where they are rounded to 2^b - 1 integers.</summary>
/// <remarks>With s the scale and M the bound: u = 2M(Φ(y/s) - 1/2), q = round(u), z = s·Φ⁻¹(q/2M + 1/2). No parameters, no rate term.</remarks>
internal sealed class GaussianCompander
{
    /// <summary>Fewest and most bits of a latent; more would not fit the bytes that integers are kept in.</summary>
    internal const int MinBits = 2, MaxBits = 8;

    // Latents are expected to be Gaussian with this many standard deviations up to the largest integer.
    private const double Reach = 1.85;

    // Φ is inverted between 0.0001 and 0.9999 only.
    private const double LargestProbability = 0.9999;

    private readonly double _scale;
    private readonly double _bound;

    /// <param name="bits">Bits of a latent, b: integers from -(2^(b-1) - 1) to 2^(b-1) - 1.</param>
    internal GaussianCompander(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        Largest = (1 << (bits - 1)) - 1;
        _scale = Largest / Reach;
        _bound = Largest + 0.499;
    }

    /// <summary>The largest integer; the smallest is its negative.</summary>
    internal int Largest { get; }

    /// <summary>Latents to the bounded range; any shape.</summary>
    internal Tensor ToUniform(Tensor y)
    {
        // 2(Φ(t) - 1/2) = erf(t/√2) keeps small values exact.
        using Tensor scaled = y / (_scale * Math.Sqrt(2));
        return scaled.erf_().mul(_bound);
    }

    /// <summary>The integers, as floats; ties go to the even one.</summary>
    internal static Tensor Quantize(Tensor u) => u.round();

    /// <summary>Integers back to latents.</summary>
    internal Tensor ToNormal(Tensor q)
    {
        const double limit = (2 * LargestProbability) - 1;
        using Tensor centred = (q / _bound).clamp_(-limit, limit);
        return centred.erfinv().mul_(_scale * Math.Sqrt(2));
    }
}
