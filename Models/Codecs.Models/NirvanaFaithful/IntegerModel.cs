using System.Numerics;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>Adaptive coding of the integers of one tensor: what it learns serves the later groups of the chunk as well. Integers only.</summary>
/// <remarks>
/// <para>An integer: a bit "is not 0"; the sign, with the sign of the group before as context; |v| - 1 unary up to 14; Exp-Golomb of order 1 for the rest. The bits but
/// sign and rest mix three contexts, for each bit position: (a) magnitude of the same integer in the group before, 0, 1 or more, and the sum of the two magnitudes
/// to the left; (b) the same and the running mean of the column, two classes to the octave; (c) the magnitudes to the left and above.</para>
/// <para>Left, above and mean are those of the coded numbers, which are differences where differences are coded. What lies outside the tensor is 0.</para>
/// </remarks>
internal sealed class IntegerModel
{
    private const int Unary = 14, Positions = Unary + 1, Inputs = 3;
    private const int Befores = 3, Sums = 8, Means = 32;
    private const int MeansAt = Befores * Sums * Positions, AroundAt = MeansAt + (Befores * Means * Positions), Contexts = AroundAt + (Sums * Sums * Positions);
    private const int MeanBits = 8, MeanRate = 4, Escapes = 15;
    private readonly BinaryContext[] _contexts;
    private readonly BinaryContext[] _signs;
    private readonly BinaryContext[] _escapes;
    private readonly LogisticMixer _mixer = new(Inputs, Positions, refine: false);

    internal IntegerModel()
    {
        _contexts = new BinaryContext[Contexts];
        Array.Fill(_contexts, new BinaryContext(5, 8));
        _signs = new BinaryContext[Befores];
        _escapes = new BinaryContext[Escapes];
    }

    private IntegerModel(IntegerModel other)
    {
        _contexts = [.. other._contexts];
        _signs = [.. other._signs];
        _escapes = [.. other._escapes];
        _mixer.StartFrom(other._mixer.Weights);
    }

    /// <summary>A model that knows as much and learns on its own.</summary>
    internal IntegerModel Clone() => new(this);

    /// <summary>Codes a tensor.</summary>
    /// <param name="port">Writer, reader or counter.</param>
    /// <param name="values">[rows, columns]; a reader fills them in.</param>
    /// <param name="before">The tensor of the group before.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="difference">Whether differences to the group before are coded.</param>
    /// <param name="limit">Largest magnitude of a value.</param>
    /// <returns>False if a value read is beyond the limit; it is cut off there.</returns>
    internal bool Code<T>(ref T port, Span<short> values, ReadOnlySpan<short> before, int columns, bool difference, int limit)
        where T : struct, IBitPort
    {
        bool valid = true;
        int[] above = new int[columns], means = new int[columns];
        for (int start = 0; start < values.Length; start += columns)
        {
            int left = 0, beyond = 0;
            for (int c = 0; c < columns; c++)
            {
                int old = before[start + c], prediction = difference ? old : 0;
                int known = Math.Min(Math.Abs(old), Befores - 1), column = Math.Min(MeanClass(means[c]), Means - 1);
                int coded = CodeOne(
                    ref port,
                    values[start + c] - prediction,
                    ((known * Sums) + SumClass(left + beyond)) * Positions,
                    MeansAt + (((known * Means) + column) * Positions),
                    AroundAt + (((SumClass(left) * Sums) + SumClass(above[c])) * Positions),
                    Math.Sign(old));
                int value = coded + prediction;
                valid &= Math.Abs(value) <= limit;
                values[start + c] = (short)Math.Clamp(value, -limit, limit);
                int magnitude = Math.Abs(coded);
                means[c] += ((magnitude << MeanBits) - means[c]) >> MeanRate;
                (beyond, left, above[c]) = (left, magnitude, magnitude);
            }
        }

        return valid;
    }

    // 0, 1, 2, up to 4, up to 8, ...
    private static int SumClass(int sum) => sum < 3 ? sum : Math.Min(2 + BitOperations.Log2((uint)(sum - 1)), Sums - 1);

    private static int MeanClass(int mean) => mean < 2 ? mean : (2 * BitOperations.Log2((uint)mean)) + ((mean >> (BitOperations.Log2((uint)mean) - 1)) & 1);

    private int CodeOne<T>(ref T port, int value, int first, int second, int third, int oldSign)
        where T : struct, IBitPort
    {
        int size = Math.Abs(value), coded = 0;
        bool negative = false;
        while (coded < Positions)
        {
            _mixer.Select(coded, 0);
            if (port.Bit(_mixer, _contexts, [first + coded, second + coded, third + coded], [], size > coded ? 1 : 0) == 0)
            {
                break;
            }

            negative = coded == 0 ? port.Bit(ref _signs[oldSign + 1], value < 0 ? 1 : 0) != 0 : negative;
            coded++;
        }

        if (coded == Positions)
        {
            coded += CodeRest(ref port, size - coded);
        }

        return negative ? -coded : coded;
    }

    // At most 15 leading ones and 16 raw bits, so that a hostile payload ends.
    private int CodeRest<T>(ref T port, int rest)
        where T : struct, IBitPort
    {
        int shifted = Math.Max(rest, 0) + 2, wanted = BitOperations.Log2((uint)shifted) - 1, ones = 0;
        while (ones < Escapes && port.Bit(ref _escapes[ones], ones < wanted ? 1 : 0) != 0)
        {
            ones++;
        }

        int bits = ones + 1;
        return (1 << bits) - 2 + port.Raw(shifted & ((1 << bits) - 1), bits);
    }
}
