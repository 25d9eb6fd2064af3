using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.Geometry.Scenes;

/// <summary>Writes what <see cref="PayloadCursor"/> reads.</summary>
internal sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>A byte.</summary>
    public void Byte(int value) => _bytes.Write([(byte)value]);

    /// <summary>A number, not negative.</summary>
    public void Number(long value)
    {
        for (; value >= 128; value >>= 7)
        {
            Byte((int)value | 128);
        }

        Byte((int)value);
    }

    /// <summary>A number with sign, below 2^61.</summary>
    public void Signed(long value) => Number((value << 1) ^ (value >> 63));

    /// <summary>A float32.</summary>
    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
    }

    /// <summary>Bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);
}
