using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Writes appended fields and leaves out those at the end that have their defaults.</summary>
internal sealed class OptionalFields
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _needed;

    /// <summary>A byte field.</summary>
    public OptionalFields Byte(byte value, byte fallback = 0)
    {
        _bytes.Write([value]);
        return Keep(value != fallback);
    }

    /// <summary>A varint field.</summary>
    public OptionalFields Varint(long value, long fallback = 0)
    {
        Container.Varint.Write(_bytes, (ulong)value);
        return Keep(value != fallback);
    }

    /// <summary>A field of fixed bytes.</summary>
    public OptionalFields Bytes(ReadOnlySpan<byte> value, bool isDefault)
    {
        _bytes.Write(value);
        return Keep(!isDefault);
    }

    /// <summary>Writes the fields up to the last one that is no default.</summary>
    public void WriteTo(IBufferWriter<byte> output) => output.Write(_bytes.WrittenSpan[.._needed]);

    private OptionalFields Keep(bool isNeeded)
    {
        _needed = isNeeded ? _bytes.WrittenCount : _needed;
        return this;
    }
}
