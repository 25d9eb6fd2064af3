namespace Codecs.Formats.Media;

/// <summary>The picture on the cover of a recording, carried unread.</summary>
/// <remarks>Only JPEG and PNG are carried: all formats that hold covers hold these two.</remarks>
public sealed class AudioCover
{
    /// <summary>The most bytes that a cover may have.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>MIME type of JPEG pictures.</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>MIME type of PNG pictures.</summary>
    public const string Png = "image/png";

    /// <summary>Wraps a picture file without copying it.</summary>
    /// <param name="data">The whole file, JPEG or PNG, at most <see cref="MaxBytes"/>.</param>
    /// <exception cref="ArgumentException">The bytes do not begin like a JPEG or PNG file, or there are too many.</exception>
    public AudioCover(ReadOnlyMemory<byte> data)
    {
        MimeType = Recognize(data.Span) ?? throw new ArgumentException("A cover is a JPEG or PNG file; these bytes begin like neither.", nameof(data));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, MaxBytes, nameof(data));
        Data = data;
    }

    /// <summary>The picture file.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary><see cref="Jpeg"/> or <see cref="Png"/>, found in the first bytes.</summary>
    public string MimeType { get; }

    /// <summary>The MIME type that the first bytes tell, or null when a cover cannot be such a file.</summary>
    internal static string? Recognize(ReadOnlySpan<byte> data) =>
        data.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg : data.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png : null;
}
