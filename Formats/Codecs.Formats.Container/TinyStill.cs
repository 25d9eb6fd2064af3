using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The header of a Tiny file: one still, 8 bits per channel, sRGB colours, no metadata.</summary>
public sealed record TinyStill
{
    /// <summary>Columns, 1..65536.</summary>
    public required int Width { get; init; }

    /// <summary>Rows, 1..65536.</summary>
    public required int Height { get; init; }

    /// <summary>The channels: RGB or grey.</summary>
    public PictureLayout Layout { get; init; }

    /// <summary>The model: its registry number is written if it has one (1 or 2 bytes), else 30 bits of the entropy fingerprint (4 bytes).</summary>
    public required ModelReference Model { get; init; }

    /// <summary>The model's rate point; 0 costs no byte.</summary>
    public byte RatePoint { get; init; }

    /// <summary>The check inside the payload: <see cref="ContentCheck.Short"/> or <see cref="ContentCheck.None"/>.</summary>
    public ContentCheck Check { get; init; } = ContentCheck.Short;

    /// <summary>The header's bytes, 4 to 15 of them: what the file holds before the payload.</summary>
    /// <exception cref="ArgumentException">The still does not fit the Tiny profile; the message says why.</exception>
    public byte[] ToHeaderBytes()
    {
        ArrayBufferWriter<byte> header = new(16);
        TinyCodec.WriteHeader(header, this);
        return header.WrittenSpan.ToArray();
    }
}
