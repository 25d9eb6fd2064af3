using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The header of a Tiny file: one picture, clip, tensor or object in one payload, without metadata.</summary>
public sealed record TinyDraft
{
    /// <summary>The track: an 8-bit sRGB picture; mono or stereo sound at the model's rate; a tensor; an object in the unit box without attributes.
    /// Number and model index are 0.</summary>
    public required Track Track { get; init; }

    /// <summary>The model: its registry number is written if it has one (1 or 2 bytes), else 30 bits of the entropy fingerprint (4 bytes).</summary>
    public required ModelReference Model { get; init; }

    /// <summary>The model's rate point; 0 costs no byte.</summary>
    public byte RatePoint { get; init; }

    /// <summary>The check inside the payload: <see cref="ContentCheck.Short"/> or <see cref="ContentCheck.None"/>.</summary>
    public ContentCheck Check { get; init; } = ContentCheck.Short;

    /// <summary>Why this does not fit the Tiny profile.</summary>
    /// <returns>The reason, or null when it fits.</returns>
    public string? FindObstacle() => TinyCodec.FindObstacle(this);

    /// <summary>The header's bytes, 4 to 80 of them: what the file holds before the payload.</summary>
    /// <exception cref="ArgumentException">The draft does not fit the Tiny profile; the message says why.</exception>
    public byte[] ToHeaderBytes()
    {
        ArrayBufferWriter<byte> header = new(16);
        TinyCodec.WriteHeader(header, this);
        return header.WrittenSpan.ToArray();
    }
}
