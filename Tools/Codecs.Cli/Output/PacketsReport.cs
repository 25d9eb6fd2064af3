namespace Codecs.Cli.Output;

/// <summary>A picture in packets; keys that do not apply are absent.</summary>
internal sealed record PacketsReport
{
    /// <summary>Packets with indices that the picture was put into, or that a channel was given.</summary>
    public int? Sent { get; init; }

    /// <summary>Packets with parity that the picture was put into.</summary>
    public int? Parity { get; init; }

    /// <summary>Packets that arrived undamaged: with indices when decoding, else all.</summary>
    public int? Received { get; init; }

    /// <summary>Packets with indices that parity brought back.</summary>
    public int? Restored { get; init; }

    /// <summary>Only from channel.</summary>
    public int? Lost { get; init; }

    /// <summary>Bytes of the largest packet.</summary>
    public int? LargestBytes { get; init; }

    /// <summary>Bits of an index.</summary>
    public int? IndexBits { get; init; }

    /// <summary>Rows of the map of indices.</summary>
    public int? Rows { get; init; }

    /// <summary>Columns of the map of indices.</summary>
    public int? Columns { get; init; }

    /// <summary>Sites whose content was guessed, of rows x columns.</summary>
    public int? SitesGuessed { get; init; }

    /// <summary>Number of the picture, from 0 to 255.</summary>
    public int? Picture { get; init; }

    /// <summary>Only from verify: the undamaged packets.</summary>
    public IReadOnlyList<GoodPacket>? Good { get; init; }

    /// <summary>Only from verify: runs of bytes that are no undamaged packet.</summary>
    public IReadOnlyList<DamagedBytes>? Damaged { get; init; }

    /// <param name="Offset">Of its first byte in the file.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Number">Its number; parity counts on behind the packets with indices.</param>
    /// <param name="Picture">Number of its picture.</param>
    internal sealed record GoodPacket(int Offset, int Bytes, int Number, int Picture);

    /// <param name="Offset">First byte.</param>
    /// <param name="Length">Number of bytes.</param>
    internal sealed record DamagedBytes(int Offset, int Length);
}
