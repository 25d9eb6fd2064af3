namespace Codecs.Formats.Container;

/// <summary>One track: what a decoder must produce before it sees any coded byte. The base of picture, audio, geometry, tensor and copied tracks.</summary>
public abstract record Track
{
    /// <summary>The track's number in the file, 0..2^30-1; units name it.</summary>
    public int Id { get; init; }

    /// <summary>The <see cref="ModelReference.Index"/> of the model that codes the track; idle when its coders need no model.</summary>
    public int Model { get; init; }

    /// <summary>Duration of a unit in ticks of the file's clock, 0..2^62-1: unit n starts at n times this, unless it states its own time.
    /// 0 when units have no time (stills, tensors) or all state it.</summary>
    public long UnitTicks { get; init; }

    /// <summary>The number of the kind in TRAK.</summary>
    internal abstract TrackKind Kind { get; }

    /// <summary>Bytes of the content context.</summary>
    private protected abstract int ContextLength { get; }

    /// <summary>When a unit starts.</summary>
    /// <returns>Ticks of the file's clock.</returns>
    public long TickOf(DataUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        UInt128 tick = (UInt128)(ulong)unit.Number * (ulong)UnitTicks;
        return unit.Timestamp ?? (long)UInt128.Min(tick, Varint.MaxValue);
    }

    /// <summary>What a codec mixes into its content check so that a damaged shape or rate point cannot pass unnoticed.</summary>
    /// <remarks>The Tiny header has no checksum of its own. These bytes, unlike the header's, are the same when a Tiny file is
    /// rewritten as a Full one, so the payload stays valid. docs/bitstream.md, section 2, lists the fields.</remarks>
    /// <param name="ratePoint">The rate point of the unit.</param>
    public byte[] ContentContext(byte ratePoint)
    {
        byte[] context = new byte[ContextLength];
        WriteContentContext(context, ratePoint);
        return context;
    }

    /// <summary>Writes the <see cref="ContentContext"/>.</summary>
    /// <param name="destination">At least as many bytes as it has.</param>
    /// <param name="ratePoint">The rate point of the unit.</param>
    public abstract void WriteContentContext(Span<byte> destination, byte ratePoint);
}
