using System.Buffers.Binary;

namespace Codecs.Geometry.Triangles;

/// <summary>Reads fields from the front of a payload.</summary>
internal ref struct HeaderCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>A byte.</summary>
    public int Byte() => Take(1)[0];

    /// <summary>A number below 2^31, seven bits a byte, the low ones first, the top bit says that more follow.</summary>
    public int Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            int next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value <= int.MaxValue && (next > 0 || shift == 0) ? (int)value : throw Fault("a number that is too large or longer than it must be");
            }
        }

        throw Fault("a number of more than five bytes");
    }

    /// <summary>A float64 that is finite.</summary>
    public double Double()
    {
        double value = BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
        return double.IsFinite(value) ? value : throw Fault("a number that is not finite");
    }

    /// <summary>A float32 that is finite.</summary>
    public float Single()
    {
        float value = BinaryPrimitives.ReadSingleLittleEndian(Take(4));
        return float.IsFinite(value) ? value : throw Fault("a number that is not finite");
    }

    /// <summary>An error at this place.</summary>
    public readonly InvalidBitstreamException Fault(string found) => new($"The header of triangles has {found}: damaged data, or no such payload.", Position);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - Position < count)
        {
            throw Fault("fewer bytes than its fields need");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
