namespace Codecs.EntropyCoding;

/// <summary>The lanes of one payload on their way.</summary>
internal ref struct DecoderJob
{
    /// <summary>The whole payload.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Table index of each lane symbol, all valid; empty if all share <see cref="Table"/>.</summary>
    public required ReadOnlySpan<byte> Tables { get; set; }

    /// <summary>The common table index, valid.</summary>
    public required int Table { get; init; }

    /// <summary>Receives the lane symbols still to decode, whole groups; escapes become <see cref="short.MinValue"/>.</summary>
    public required Span<short> Symbols { get; set; }

    /// <summary>One state per lane.</summary>
    public required Span<uint> States { get; init; }

    /// <summary>The value of code 0, for vectors.</summary>
    public int FirstValue { get; set; }

    /// <summary>Byte offset of the next word.</summary>
    public int Position { get; set; }

    /// <summary>Drops symbols that are done.</summary>
    public void Skip(int symbols)
    {
        Symbols = Symbols[symbols..];
        Tables = Tables.IsEmpty ? Tables : Tables[symbols..];
    }
}
