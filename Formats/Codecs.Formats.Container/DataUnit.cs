namespace Codecs.Formats.Container;

/// <summary>One coded unit: an image, a tile or a layer of one.</summary>
public sealed record DataUnit
{
    /// <summary>The <see cref="PictureTrack.Id"/> the unit belongs to.</summary>
    public int Track { get; init; }

    /// <summary>Number of the unit in its track, 0..2^40-1, not descending from unit to unit.</summary>
    public long Number { get; init; }

    /// <summary>Random access and droppability.</summary>
    public UnitAccess Access { get; init; } = UnitAccess.RandomAccessPoint;

    /// <summary>Layer of a progressive picture, 0..7.</summary>
    public int Layer { get; init; }

    /// <summary>How the payloads are coded.</summary>
    public required CoderId Coder { get; init; }

    /// <summary>Which check over the symbols the payloads carry.</summary>
    public ContentCheck Check { get; init; }

    /// <summary>The model's rate point: as stated by the unit, or the model's default; 0 without a model.</summary>
    public byte RatePoint { get; init; }

    /// <summary>Tile number, 0..2^30-1; null when the unit is the whole picture.</summary>
    public int? Tile { get; init; }

    /// <summary>Ticks since the previous unit of the track; null when not stated.</summary>
    public long? TimestampDelta { get; init; }

    /// <summary>The coded bytes, at least one run; slices of the file after reading.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Payloads { get; init; }

    /// <summary>Position in the file of the chunk (or of the Tiny payload); 0 for units that were not read from a file.</summary>
    public int Offset { get; init; }

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
}
