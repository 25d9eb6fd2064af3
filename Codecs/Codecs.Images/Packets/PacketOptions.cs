using Codecs.Formats.Container;

namespace Codecs.Images;

/// <summary>How a picture is put into packets for a channel that loses some.</summary>
public sealed record PacketOptions
{
    /// <summary>Fewest bytes that a packet may be limited to.</summary>
    public const int FewestBytes = 32;

    private readonly int _maxBytes = 200;
    private readonly double _protection;

    /// <summary>The options in force when none are given.</summary>
    public static PacketOptions Default { get; } = new();

    /// <summary>Largest packet in bytes, header included: 32..1500, default 200. Small packets lose less at once and cost more: each has 12 bytes of header.</summary>
    public int MaxBytes
    {
        get => _maxBytes;
        init => _maxBytes = value is >= FewestBytes and <= PacketFile.MaxPacketBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A packet has {FewestBytes} to {PacketFile.MaxPacketBytes} bytes.");
    }

    /// <summary>Parity packets per data packet, 0 (none, the default) to 1, at most 255 in all: each restores one lost packet of its group.</summary>
    public double Protection
    {
        get => _protection;
        init => _protection = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Protection lies in 0..1.");
    }

    /// <summary>Number of the picture, for channels that carry several.</summary>
    public byte Picture { get; init; }
}
