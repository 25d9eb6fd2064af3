using System.Numerics;
using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Residuals as bits: their length, found by steps up or down from an expected one, a sign, two bits below the highest with probabilities, the rest raw.</summary>
internal sealed class ResidualBits
{
    /// <summary>Longest magnitude in bits.</summary>
    public const int MaxLength = 22;

    private const int Lengths = MaxLength + 1;
    private const int SignLengths = 8;
    private const int Nodes = Lengths * Lengths;

    private readonly MixedBits _bits;
    private readonly BinaryContext[] _signs;
    private readonly BinaryContext[] _firsts = new BinaryContext[Nodes];
    private readonly BinaryContext[] _seconds = new BinaryContext[2 * Nodes];

    /// <summary>Creates a fresh model.</summary>
    /// <param name="signs">Situations of a sign.</param>
    /// <param name="rows">Rows of each table of contexts.</param>
    public ResidualBits(int signs, params ReadOnlySpan<int> rows)
    {
        _signs = new BinaryContext[signs * SignLengths];
        _bits = new MixedBits(Nodes, Lengths, rows);
    }

    /// <summary>Bits of a magnitude, at most <see cref="MaxLength"/>.</summary>
    public static int Length(long magnitude) => Math.Min(MaxLength, 64 - BitOperations.LeadingZeroCount((ulong)magnitude));

    /// <summary>Chooses the row of a table for the next residual.</summary>
    public void Select(int table, int row) => _bits.Select(table, row);

    /// <summary>Codes a residual.</summary>
    /// <param name="port">Where it goes or comes from.</param>
    /// <param name="expected">Expected length.</param>
    /// <param name="longest">Longest possible length.</param>
    /// <param name="sign">Situation of the sign.</param>
    /// <param name="residual">The residual, if it is written.</param>
    public int Code<TPort>(TPort port, int expected, int longest, int sign, int residual)
        where TPort : struct, IBitPort
    {
        int magnitude = Math.Abs(residual);
        expected = Math.Min(expected, longest);
        int length = CodeLength(port, expected, longest, Length(magnitude));
        if (length == 0)
        {
            return 0;
        }

        int negative = port.Bit(ref _signs[sign * SignLengths + Math.Min(length, SignLengths - 1)], residual < 0 ? 1 : 0);
        int value = 1;
        int node = expected * Lengths + length;
        int rest = length - 1;
        if (rest > 0)
        {
            rest--;
            value = value << 1 | port.Bit(ref _firsts[node], magnitude >> rest & 1);
        }

        if (rest > 0)
        {
            rest--;
            value = value << 1 | port.Bit(ref _seconds[2 * node + (value & 1)], magnitude >> rest & 1);
        }

        if (rest > 0)
        {
            value = value << rest | (int)port.Raw((uint)magnitude & ((1u << rest) - 1), rest);
        }

        return negative != 0 ? -value : value;
    }

    private int CodeLength<TPort>(TPort port, int expected, int longest, int length)
        where TPort : struct, IBitPort
    {
        int first = expected * Lengths;
        int at = expected;
        if (at < longest && _bits.Code(port, first + at, expected, length > at ? 1 : 0) != 0)
        {
            at++;
            while (at < longest && _bits.Code(port, first + at, expected, length > at ? 1 : 0) != 0)
            {
                at++;
            }

            return at;
        }

        while (at > 0 && _bits.Code(port, first + at - 1, expected, length > at - 1 ? 1 : 0) == 0)
        {
            at--;
        }

        return at;
    }
}
