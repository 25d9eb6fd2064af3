namespace Codecs.Formats.Container;

/// <summary>One coded unit: a picture, a tile or a layer of one, a block of samples, an object, a tensor.</summary>
public sealed record DataUnit
{
    /// <summary>The <see cref="Container.Track.Id"/> the unit belongs to.</summary>
    public int Track { get; init; }

    /// <summary>Number of the unit in its track, 0..2^40-1, not descending from unit to unit.</summary>
    public long Number { get; init; }

    /// <summary>Random access and droppability.</summary>
    public UnitAccess Access { get; init; } = UnitAccess.RandomAccessPoint;

    /// <summary>Layer of a progressive unit, 0..7.</summary>
    public int Layer { get; init; }

    /// <summary>How the payloads are coded.</summary>
    public required CoderId Coder { get; init; }

    /// <summary>Which check over the symbols the payloads carry.</summary>
    public ContentCheck Check { get; init; }

    /// <summary>The model's rate point: as stated by the unit, or the model's default; 0 without a model.</summary>
    public byte RatePoint { get; init; }

    /// <summary>Tile number, 0..2^30-1; null when the unit is the whole.</summary>
    public int? Tile { get; init; }

    /// <summary>When the unit starts, in ticks of the file's clock, 0..2^62-1; null when its number says it (see <see cref="Container.Track.TickOf"/>).</summary>
    public long? Timestamp { get; init; }

    /// <summary>The coded bytes, at least one run; slices of the file or of a reader's buffer after reading.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Payloads { get; init; }

    /// <summary>Position in the file of the chunk (or of the Tiny payload); 0 for units that were not read from a file.</summary>
    public long Offset { get; init; }

    /// <summary>True for units that can be decoded without any earlier unit.</summary>
    public bool IsRandomAccessPoint => (Access & UnitAccess.RandomAccessPoint) != 0;

    /// <summary>Coded bytes of all payloads together.</summary>
    public long PayloadBytes
    {
        get
        {
            long sum = 0;
            foreach (ReadOnlyMemory<byte> payload in Payloads)
            {
                sum += payload.Length;
            }

            return sum;
        }
    }

    /// <summary>The same unit with payloads of its own, to keep beyond the next read of a stream.</summary>
    public DataUnit Copy() => this with { Payloads = [.. Payloads.Select(p => (ReadOnlyMemory<byte>)p.ToArray())] };
}
