using System.Buffers.Binary;
using System.Text;

namespace Codecs.Formats.Weights.Torch;

/// <summary>Reads a pickle's bytes; every read checks what remains.</summary>
internal sealed class PickleInput(ReadOnlyMemory<byte> bytes, long fileOffset)
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);
    private int _at;

    /// <summary>Where in the file the next byte lies.</summary>
    public long Position => fileOffset + _at;

    public byte U8() => Take(1)[0];

    public int U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A float in the only big-endian form that pickles have.</summary>
    public double F64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A two's-complement integer of a stated number of bytes, least significant first.</summary>
    public long Integer(long length)
    {
        if (length > sizeof(long))
        {
            throw new UnsupportedBitstreamException($"The checkpoint holds an integer of {length} bytes at {Position}; at most {sizeof(long)} are read.");
        }

        ReadOnlySpan<byte> digits = Take((ulong)length);
        long value = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            value |= (long)digits[i] << (8 * i);
        }

        int unused = 64 - (8 * digits.Length);
        return digits.Length == 0 ? 0 : value << unused >> unused;
    }

    public string Text(ulong length) => Decode(Take(length));

    public byte[] Bytes(ulong length) => Take(length).ToArray();

    /// <summary>Text up to the next line feed.</summary>
    public string Line()
    {
        int length = bytes.Span[_at..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new InvalidBitstreamException("A line in the pickle has no end", Position);
        }

        string text = Decode(Take((ulong)length));
        _at++;
        return text;
    }

    private string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return s_strict.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidBitstreamException("The pickle holds text that is not valid UTF-8", Position, error);
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        int remain = bytes.Length - _at;
        if (length > (ulong)remain)
        {
            throw new InvalidBitstreamException($"The pickle needs {length} more bytes, {remain} remain", Position);
        }

        ReadOnlySpan<byte> taken = bytes.Span.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }
}
