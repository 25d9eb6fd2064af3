using System.Numerics;
using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Numbers that are mostly small, as in <see cref="ExpGolombModel"/> of order 0, for both directions.</summary>
internal sealed class ExpGolombBits
{
    private readonly BinaryContext[] _prefix;
    private readonly int _max;
    private readonly int _longest;

    /// <summary>Creates a fresh model.</summary>
    /// <param name="contexts">Classes.</param>
    /// <param name="max">Largest value.</param>
    public ExpGolombBits(int contexts, int max)
    {
        _max = max;
        _longest = BitOperations.Log2((uint)max + 1);
        _prefix = new BinaryContext[contexts * _longest];
    }

    /// <summary>Codes a number.</summary>
    /// <exception cref="InvalidBitstreamException">What is read is above the maximum.</exception>
    public int Code<TPort>(TPort port, int context, int value)
        where TPort : struct, IBitPort
    {
        Span<BinaryContext> prefix = _prefix.AsSpan(context * _longest, _longest);
        int length = BitOperations.Log2((uint)Math.Max(value, 0) + 1);
        int at = 0;
        while (at < _longest && port.Bit(ref prefix[at], length > at ? 1 : 0) != 0)
        {
            at++;
        }

        uint rest = at == 0 ? 0 : port.Raw((uint)value + 1 - (1u << at), at);
        long result = (1L << at) + rest - 1;
        return result <= _max ? (int)result : throw new InvalidBitstreamException($"A number is {result}, at most {_max} was expected: damaged data.");
    }
}
