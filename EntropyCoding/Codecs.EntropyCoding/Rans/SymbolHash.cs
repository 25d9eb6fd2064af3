using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Codecs.EntropyCoding;

/// <summary>The running hash behind <see cref="CheckMode"/>: XxHash3-64, seed 0, over little-endian 16-bit units in coding order.</summary>
/// <remarks>
/// A symbol is one unit (int16); a raw operation is one unit per piece of up to 16 bits. Raw bits must be hashed too: damage to them leaves the
/// final state untouched, so a constant seed would not notice it.
/// </remarks>
internal sealed class SymbolHash
{
    private readonly XxHash3 _hash = new();

    /// <summary>Adds symbols.</summary>
    public void Append(ReadOnlySpan<short> units)
    {
        if (BitConverter.IsLittleEndian)
        {
            _hash.Append(MemoryMarshal.AsBytes(units));
            return;
        }

        foreach (short unit in units)
        {
            Append(unit);
        }
    }

    /// <summary>Adds one symbol or one piece of raw bits.</summary>
    public void Append(short unit)
    {
        Span<byte> bytes = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, unit);
        _hash.Append(bytes);
    }

    /// <summary>Adds bytes that are not in the payload but that the check shall cover.</summary>
    public void Append(ReadOnlySpan<byte> associated) => _hash.Append(associated);

    /// <summary>Starts again.</summary>
    public void Reset() => _hash.Reset();

    /// <summary>The state that an encoder of these symbols starts from and a decoder ends in.</summary>
    public ulong Seed(CheckMode check)
    {
        ulong floor = Floor(check);
        return floor == 0 ? 0 : floor | (_hash.GetCurrentHashAsUInt64() & (floor - 1));
    }

    /// <summary>The smallest seed of a mode: 2^31, 2^16 or 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
    public static ulong Floor(CheckMode check) => check switch
    {
        CheckMode.None => 0,
        CheckMode.Check16 => 1UL << 16,
        CheckMode.Check31 => 1UL << 31,
        _ => throw new ArgumentOutOfRangeException(nameof(check), check, "Unknown check mode."),
    };
}
