using System.Numerics;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The hash behind the content check of RC32: <see cref="SymbolHash"/>, with single bits gathered into its 16-bit units.</summary>
/// <remarks>
/// Units in coding order: a table symbol is one (int16), a piece of 2..16 raw bits is one. Single bits (adaptive, mixed, or a raw piece of one bit)
/// are shifted from the right into a unit that starts as 1; it is complete with 15 bits, when the leading 1 has reached bit 15, and it is
/// closed early before anything that is not a single bit. The leading 1 tells how many bits a unit holds. Bound bytes are taken as they are.
/// </remarks>
internal sealed class OperationHash
{
    private const uint NoBits = 1;
    private const uint FullBits = 1u << 15;

    private readonly SymbolHash _hash = new();
    private uint _bits = NoBits;

    /// <summary>Bits that a check adds to a payload.</summary>
    public static int CheckBits(CheckMode check) => BitOperations.Log2(SymbolHash.Floor(check));

    /// <summary>Adds a single bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendBit(int bit)
    {
        _bits = _bits << 1 | (uint)bit;
        if (_bits >= FullBits)
        {
            CloseBits();
        }
    }

    /// <summary>Adds a piece of raw bits.</summary>
    public void AppendRaw(uint piece, int bits)
    {
        if (bits == 1)
        {
            AppendBit((int)piece);
        }
        else
        {
            Append((short)piece);
        }
    }

    /// <summary>Adds a symbol.</summary>
    public void Append(short unit)
    {
        CloseBits();
        _hash.Append(unit);
    }

    /// <summary>Adds symbols.</summary>
    public void Append(ReadOnlySpan<short> units)
    {
        CloseBits();
        _hash.Append(units);
    }

    /// <summary>Adds bytes that are not in the payload but that the check shall cover.</summary>
    public void Append(ReadOnlySpan<byte> associated)
    {
        CloseBits();
        _hash.Append(associated);
    }

    /// <summary>The check value of everything so far: the low bits of the hash; 0 without a check.</summary>
    public uint Check(CheckMode check)
    {
        CloseBits();
        return (uint)(_hash.Seed(check) - SymbolHash.Floor(check));
    }

    /// <summary>Starts again.</summary>
    public void Reset()
    {
        _hash.Reset();
        _bits = NoBits;
    }

    private void CloseBits()
    {
        if (_bits != NoBits)
        {
            _hash.Append((short)_bits);
            _bits = NoBits;
        }
    }
}
