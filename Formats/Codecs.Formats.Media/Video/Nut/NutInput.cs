using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Buffered bytes and the numbers of NUT, from a stream.</summary>
internal sealed class NutInput(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 12];
    private int _at;
    private int _end;

    /// <summary>True when no byte is left; waits for the next one otherwise.</summary>
    public bool AtEnd => !Fill();

    public byte Byte() => Fill() ? _buffer[_at++] : throw new InvalidBitstreamException("The stream of frames ends too early.");

    /// <summary>Reads exactly as many bytes as there is room for; large parts go past the buffer.</summary>
    public void Bytes(Span<byte> destination)
    {
        int buffered = Math.Min(destination.Length, _end - _at);
        _buffer.AsSpan(_at, buffered).CopyTo(destination);
        _at += buffered;
        Span<byte> rest = destination[buffered..];
        if (stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length)
        {
            throw new InvalidBitstreamException("The stream of frames ends within a frame.");
        }
    }

    public void Skip(long count)
    {
        for (; count > 0; count--)
        {
            _ = Byte();
        }
    }

    public ulong UInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Bytes(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>A number of 7 bits a byte, the first byte most significant.</summary>
    public long Number()
    {
        ulong value = 0;
        for (int i = 0; i < 9; i++)
        {
            byte b = Byte();
            value = (value << 7) | (b & 0x7Fu);
            if (b < 0x80)
            {
                return (long)value;
            }
        }

        throw new InvalidBitstreamException("A number in the stream of frames is too large.");
    }

    /// <summary>A number that may be negative.</summary>
    public long Signed()
    {
        long coded = Number() + 1;
        return (coded & 1) != 0 ? -(coded >> 1) : coded >> 1;
    }

    private bool Fill()
    {
        if (_at == _end)
        {
            (_at, _end) = (0, stream.Read(_buffer));
        }

        return _at < _end;
    }
}
