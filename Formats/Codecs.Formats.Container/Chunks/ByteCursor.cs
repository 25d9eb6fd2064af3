using System.Text;
using System.Text.Unicode;

namespace Codecs.Formats.Container;

/// <summary>Reads fields one after the other from foreign bytes; each read is checked against what remains.</summary>
/// <param name="data">The bytes of one chunk payload or one header.</param>
/// <param name="start">Where <paramref name="data"/> lies in the file, for messages.</param>
/// <param name="place">The name of the part, for messages.</param>
internal ref struct ByteCursor(ReadOnlySpan<byte> data, long start, string place)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Position in the file of the next byte.</summary>
    public readonly long Offset => start + Position;

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte(string field) => ReadBytes(1, field)[0];

    /// <summary>Reads <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count, string field)
    {
        if (count > Remaining)
        {
            throw Fault($"needs {count} bytes for {field}, {Remaining} remain; the file is truncated or damaged");
        }

        ReadOnlySpan<byte> bytes = _data.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>Reads a varint and refuses forms that are longer than needed.</summary>
    public ulong ReadVarint(string field)
    {
        long at = Offset;
        int length = Varint.TryRead(_data[Position..], out ulong value);
        if (length == 0)
        {
            throw new InvalidBitstreamException($"{place}: {field} {value} is written longer than needed, expected the shortest form", at);
        }

        ReadBytes(length, field);
        return value;
    }

    /// <summary>Reads a varint that must not be above <paramref name="maximum"/>.</summary>
    public int ReadInt32(string field, int maximum = int.MaxValue)
    {
        long at = Offset;
        ulong value = ReadVarint(field);
        return value <= (ulong)maximum
            ? (int)value
            : throw new InvalidBitstreamException($"{place}: {field} is {value}, expected at most {maximum}", at);
    }

    /// <summary>Reads an appended byte that older writers left out.</summary>
    public byte ReadOptionalByte(string field, byte fallback = 0) => Remaining > 0 ? ReadByte(field) : fallback;

    /// <summary>Reads an appended varint that older writers left out.</summary>
    public int ReadOptionalInt32(string field, int maximum = int.MaxValue, int fallback = 0) =>
        Remaining > 0 ? ReadInt32(field, maximum) : fallback;

    /// <summary>Reads an appended varint of up to 62 bits that older writers left out; 0 if so.</summary>
    public long ReadOptionalInt64(string field) => Remaining > 0 ? (long)ReadVarint(field) : 0;

    /// <summary>Reads a text: varint length, then UTF-8 without control characters.</summary>
    public string ReadText(string field, int maximumBytes)
    {
        ulong length = ReadVarint($"length of {field}");
        if (length > (ulong)maximumBytes)
        {
            throw new LimitExceededException($"{place}: {field} has {length} bytes, at most {maximumBytes} are allowed (at byte {Offset})");
        }

        ReadOnlySpan<byte> bytes = ReadBytes((int)length, field);
        if (!Utf8.IsValid(bytes))
        {
            throw Fault($"{field} is not valid UTF-8");
        }

        string text = Encoding.UTF8.GetString(bytes);
        return TextRules.IsPrintable(text) ? text : throw Fault($"{field} holds control characters");
    }

    /// <summary>An error that names this part and the current byte.</summary>
    public readonly InvalidBitstreamException Fault(string message) => new($"{place}: {message}", Offset);
}
