namespace Codecs.EntropyCoding;

/// <summary>The lanes of one payload in the making.</summary>
internal ref struct EncoderJob
{
    /// <summary>The lane symbols, whole groups, each in -32767..32767.</summary>
    public required ReadOnlySpan<short> Symbols { get; init; }

    /// <summary>Table index of each lane symbol, all valid; empty if all share <see cref="Table"/>.</summary>
    public required ReadOnlySpan<byte> Tables { get; init; }

    /// <summary>The common table index, valid.</summary>
    public required int Table { get; init; }

    /// <summary>The tables.</summary>
    public required TableSet Set { get; init; }

    /// <summary>One state per lane.</summary>
    public required Span<uint> States { get; init; }

    /// <summary>Receives the words, downwards from the end; two bytes for each symbol and 16 more, which vectors write beside their words.</summary>
    public required Span<byte> Words { get; init; }

    /// <summary>Receives, last first, the first symbol of each group that holds an escape; one element for each group, and one more.</summary>
    public required Span<int> EscapeGroups { get; init; }

    /// <summary>Where the words begin in <see cref="Words"/>.</summary>
    public int FirstWord { get; set; }

    /// <summary>Elements in use of <see cref="EscapeGroups"/>.</summary>
    public int EscapeGroupCount { get; set; }
}
