using System.Buffers.Binary;

namespace Codecs.Geometry.Scenes;

/// <summary>Reads fields of a payload one after another.</summary>
internal sealed class PayloadCursor(ReadOnlyMemory<byte> bytes, string what)
{
    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>True if nothing is left.</summary>
    public bool IsAtEnd => Position == bytes.Length;

    /// <summary>A byte.</summary>
    public int Byte() => Take(1).Span[0];

    /// <summary>A number below 2^31: seven bits a byte, low ones first, bit 7: more follow.</summary>
    public int Number() => Long() is <= int.MaxValue and >= 0 and var value ? (int)value : throw Fault("a number that is too large");

    /// <summary>A number with sign: 0, -1, 1, -2, ... as 0, 1, 2, 3, ...</summary>
    public long Signed()
    {
        ulong value = (ulong)Long();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A float32 that is finite.</summary>
    public float Single()
    {
        float value = BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span);
        return float.IsFinite(value) ? value : throw Fault("a number that is not finite");
    }

    /// <summary>Bytes.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        if (count > bytes.Length - Position)
        {
            throw Fault($"{bytes.Length - Position} bytes left where {count} are needed");
        }

        ReadOnlyMemory<byte> taken = bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>All that is left.</summary>
    public ReadOnlyMemory<byte> Rest() => Take(bytes.Length - Position);

    /// <summary>An error at this place.</summary>
    public InvalidBitstreamException Fault(string found) => new($"{what} has {found}: damaged data, or no such payload.", Position);

    private long Long()
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            int next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return next > 0 || shift == 0 ? (long)value : throw Fault("a number that is longer than it must be");
            }
        }

        throw Fault("a number of more than nine bytes");
    }
}
