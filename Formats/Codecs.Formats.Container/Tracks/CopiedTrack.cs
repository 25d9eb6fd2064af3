namespace Codecs.Formats.Container;

/// <summary>A stream that came with a video and is kept byte by byte: its sound as it was coded before. The payloads of all units, one behind the other, are a file of
/// the stated type.</summary>
/// <remarks>Units are raw and numbered without gaps; a unit should begin where its bytes say something on their own, such as at a cluster of Matroska, and states or
/// implies the time of what is in it. Nothing here decodes them.</remarks>
public sealed record CopiedTrack : Track
{
    /// <summary>The type of Matroska with sound only, the one that this suite writes.</summary>
    public const string MatroskaAudio = "audio/matroska";

    // Behind those of sound (11), 3D (12) and tensors (13), hexadecimal.
    private const byte ContextMark = 0x14;

    /// <summary>Media type of the whole (RFC 6838), without parameters.</summary>
    public required string MediaType { get; init; }

    /// <inheritdoc/>
    internal override TrackKind Kind => TrackKind.Copied;

    /// <inheritdoc/>
    private protected override int ContextLength => 2;

    /// <inheritdoc/>
    public override void WriteContentContext(Span<byte> destination, byte ratePoint)
    {
        destination[1] = ratePoint;
        destination[0] = ContextMark;
    }
}
