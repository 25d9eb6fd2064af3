using System.Numerics;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Walloc;

/// <summary>Adaptive binary coding of one latent around its predicted mean, with contexts chosen by the predicted spread.</summary>
/// <remarks>
/// <para>Mean and spread come as integers in 1/1024. m = floor((mean + 512) / 1024), f = mean - 1024 m; where f is negative the residual
/// e = q - m is mirrored, so that 0 ≤ f ≤ 512 and e = +1 is likelier than -1. Spread class: four to the octave from 1/32.</para>
/// <para>e: |e| without its lowest s bits, s = max(0, floor(log2 spread) - 1): bit zero or not (class, third of f); if not, unary up to 15, each position
/// with a context (octave, position), then Exp-Golomb of order 3 for the rest; the s low bits raw; the sign (octave, third of f) unless e = 0.</para>
/// <para>Below <see cref="SilentClasses"/> nothing is coded: e is 0. Contexts start from what the weights tell and learn from there.</para>
/// </remarks>
internal sealed class ResidualModel
{
    internal const int One = 1 << Bits, Bits = 10;

    /// <summary>Spread classes that code nothing.</summary>
    internal const int SilentClasses = 3;

    internal const int Octaves = 14, Classes = 4 * Octaves, Thirds = 3;

    /// <summary>Number of contexts.</summary>
    internal const int Contexts = (Classes * Thirds) + (Octaves * Thirds) + (Octaves * Unary) + Escapes;

    private const int SmallestLog = 5, Unary = 15, Escapes = 16, EscapeOrder = 3, LargestMean = 1 << 14;
    private const int SignsAt = Classes * Thirds, UnaryAt = SignsAt + (Octaves * Thirds), EscapesAt = UnaryAt + (Octaves * Unary);
    private readonly BinaryContext[] _start;
    private readonly BinaryContext[] _contexts = new BinaryContext[Contexts];

    /// <param name="start">The contexts' states at the start of every payload.</param>
    internal ResidualModel(BinaryContext[] start)
    {
        _start = start;
        Reset();
    }

    /// <summary>The contexts as they are now, for training.</summary>
    internal ReadOnlySpan<BinaryContext> State => _contexts;

    /// <summary>Forgets what was learned: the start of a payload.</summary>
    internal void Reset() => _start.CopyTo(_contexts, 0);

    /// <summary>Codes one latent.</summary>
    /// <param name="port">Writer or reader.</param>
    /// <param name="mean">Predicted mean in 1/1024.</param>
    /// <param name="spread">Predicted spread in 1/1024.</param>
    /// <param name="value">The latent to write; ignored by a reader.</param>
    /// <returns>The latent as coded: the mean's integer where nothing is coded, clamped where it cannot be coded.</returns>
    internal int Code<T>(ref T port, int mean, int spread, int value)
        where T : struct, IBitPort
    {
        mean = Math.Clamp(mean, -LargestMean * One, LargestMean * One);
        int whole = (mean + (One / 2)) >> Bits, part = mean - (whole << Bits);
        int log = Math.Clamp(BitOperations.Log2((uint)Math.Max(spread, 1)), SmallestLog, SmallestLog + Octaves - 1), octave = log - SmallestLog;
        int quarter = spread < 1 << SmallestLog ? 0 : Math.Min((spread >> (log - 2)) - 4, 3);
        if ((4 * octave) + quarter < SilentClasses)
        {
            return whole;
        }

        int mirror = part < 0 ? -1 : 1;
        int third = Math.Min((mirror * part * Thirds) >> (Bits - 1), Thirds - 1);
        int shift = Math.Max(0, log - Bits - 1);
        int residual = (value - whole) * mirror, size = Math.Abs(residual);
        size = CodeSize(ref port, size, ((4 * octave) + quarter) * Thirds + third, octave, shift);
        if (size != 0 && port.Bit(ref _contexts[SignsAt + (octave * Thirds) + third], residual < 0 ? 1 : 0) != 0)
        {
            size = -size;
        }

        return whole + (size * mirror);
    }

    private int CodeSize<T>(ref T port, int size, int zeroContext, int octave, int shift)
        where T : struct, IBitPort
    {
        int high = size >> shift;
        int coded = port.Bit(ref _contexts[zeroContext], high == 0 ? 0 : 1);
        if (coded != 0)
        {
            Span<BinaryContext> unary = _contexts.AsSpan(UnaryAt + (octave * Unary), Unary);
            while (coded <= Unary && port.Bit(ref unary[coded - 1], high > coded ? 1 : 0) != 0)
            {
                coded++;
            }

            if (coded > Unary)
            {
                coded += Escape(ref port, high - coded);
            }
        }

        return shift == 0 ? coded : (coded << shift) + port.Raw(size & ((1 << shift) - 1), shift);
    }

    // Exp-Golomb; at most 15 leading ones, so that a hostile payload ends.
    private int Escape<T>(ref T port, int excess)
        where T : struct, IBitPort
    {
        int shifted = Math.Min(excess, short.MaxValue) + (1 << EscapeOrder), wanted = BitOperations.Log2((uint)Math.Max(shifted, 1)) - EscapeOrder, ones = 0;
        while (ones < Escapes - 1 && port.Bit(ref _contexts[EscapesAt + ones], ones < wanted ? 1 : 0) != 0)
        {
            ones++;
        }

        int bits = ones + EscapeOrder, low = port.Raw(shifted & ((1 << Math.Min(bits, 16)) - 1), Math.Min(bits, 16));
        return (1 << bits) - (1 << EscapeOrder) + low;
    }
}
