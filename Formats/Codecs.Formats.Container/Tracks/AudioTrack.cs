using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>Sound: every unit is a block of samples of all channels.</summary>
public sealed record AudioTrack : Track
{
    // Above every picture layout, so that no context of one kind equals one of another.
    private const byte ContextMark = 0x11;

    /// <summary>Samples per second and channel, 1..2^30-1; 0 means the model's own rate, as in every Tiny file.</summary>
    public int SampleRate { get; init; }

    /// <summary>Channels, 1..65536; 1 is mono, 2 is left and right.</summary>
    public required int Channels { get; init; }

    /// <summary>Samples per channel that a player shall hear, without <see cref="PreSkip"/>, 0..2^62-1; 0 when not known (streams).</summary>
    public long Samples { get; init; }

    /// <summary>Where the channels are: 0 by their number (1 mono, 2 stereo); other values are reserved and kept.</summary>
    public byte ChannelLayout { get; init; }

    /// <summary>Samples per channel to drop from the start of what is decoded, 0..2^30-1.</summary>
    public int PreSkip { get; init; }

    /// <summary>Gain for the player in 1/256 dB.</summary>
    public short Gain { get; init; }

    /// <summary>Units to decode, and to drop, before the sound of a random access point is right, 0..2^30-1.</summary>
    public int PreRoll { get; init; }

    /// <inheritdoc/>
    internal override TrackKind Kind => TrackKind.Audio;

    /// <inheritdoc/>
    private protected override int ContextLength => 14;

    /// <inheritdoc/>
    public override void WriteContentContext(Span<byte> destination, byte ratePoint)
    {
        destination[13] = ratePoint;
        destination[0] = ContextMark;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[1..], (uint)Channels);
        BinaryPrimitives.WriteInt64LittleEndian(destination[5..], Samples);
    }
}
