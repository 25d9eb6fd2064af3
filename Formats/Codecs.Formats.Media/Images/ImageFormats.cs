using System.Diagnostics.CodeAnalysis;

namespace Codecs.Formats.Media;

/// <summary>What each <see cref="ImageFormat"/> is called and what it can hold.</summary>
public static class ImageFormats
{
    private static readonly FormatTraits[] s_traits =
    [
        new("PNG", [".png"], Alpha: true, Exif: true, Xmp: true, Icc: true, Iptc: true),
        new("JPEG", [".jpg", ".jpeg", ".jpe", ".jfif"], Lossless: false, MaxSide: 65500, Exif: true, Xmp: true, Icc: true, Iptc: true),
        new("WebP", [".webp"], Alpha: true, MaxSide: 16383, Exif: true, Xmp: true, Icc: true),
        new("TIFF", [".tif", ".tiff"], Alpha: true, Xmp: true, Icc: true, Iptc: true),
        new("BMP", [".bmp", ".dib"], Alpha: true, Icc: true),
        new("PNM", [".ppm", ".pgm", ".pnm"]),
        new("PAM", [".pam"], Alpha: true),
        new("AVIF", [".avif"], Alpha: true, MaxSide: 65535, Exif: true, Xmp: true, Icc: true),
        new("JPEG XL", [".jxl"], Alpha: true, Exif: true, Xmp: true, Icc: true),
        new("HEIC", [".heic", ".heif"], Alpha: true, Write: false),
    ];

    /// <summary>Every format that can be read, in the order of <see cref="ImageFormat"/>.</summary>
    public static IReadOnlyList<ImageFormat> All { get; } = Enum.GetValues<ImageFormat>();

    /// <summary>The format's usual name, such as "JPEG XL".</summary>
    /// <param name="format">The format.</param>
    public static string Name(ImageFormat format) => Traits(format).Name;

    /// <summary>File name extensions in lower case with their dot, the preferred one first.</summary>
    /// <param name="format">The format.</param>
    public static IReadOnlyList<string> Extensions(ImageFormat format) => Traits(format).Extensions;

    /// <summary>True when pictures can be written in this format.</summary>
    /// <param name="format">The format.</param>
    public static bool CanWrite(ImageFormat format) => Traits(format).Write;

    /// <summary>True when the format can store transparency.</summary>
    /// <param name="format">The format.</param>
    public static bool SupportsAlpha(ImageFormat format) => Traits(format).Alpha;

    /// <summary>True when the format can store every sample exactly.</summary>
    /// <param name="format">The format.</param>
    public static bool SupportsLossless(ImageFormat format) => Traits(format).Lossless;

    /// <summary>The format of a file by its first bytes, 64 of them suffice; null when they are no picture's of ours.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> start) => ImageSignature.Detect(start);

    /// <summary>The format that a file name asks for.</summary>
    /// <param name="path">A file name or path; only its extension counts.</param>
    /// <exception cref="MediaException">The extension is missing or belongs to no known format; the message lists those that do.</exception>
    public static ImageFormat FromPath(string path) => TryFromPath(path, out ImageFormat format)
        ? format
        : throw new MediaException(
            $"'{path}' has no extension of a picture format; known are {string.Join(' ', All.SelectMany(Extensions))}.");

    /// <summary>The format that a file name asks for, if it is a known one.</summary>
    /// <param name="path">A file name or path; only its extension counts.</param>
    /// <param name="format">The format when true is returned.</param>
    public static bool TryFromPath([NotNullWhen(true)] string? path, out ImageFormat format)
    {
        string extension = Path.GetExtension(path ?? string.Empty);
        foreach (ImageFormat candidate in All)
        {
            if (Array.Exists(Traits(candidate).Extensions, e => e.Equals(extension, StringComparison.OrdinalIgnoreCase)))
            {
                format = candidate;
                return true;
            }
        }

        format = default;
        return false;
    }

    internal static FormatTraits Traits(ImageFormat format) => (uint)format < (uint)s_traits.Length
        ? s_traits[(int)format]
        : throw new ArgumentOutOfRangeException(nameof(format), format, "Not a picture format.");

    /// <summary>What a format is called and can hold; sides are limited by the format itself or by its library.</summary>
    internal sealed record FormatTraits(
        string Name,
        string[] Extensions,
        bool Alpha = false,
        bool Lossless = true,
        bool Write = true,
        int MaxSide = int.MaxValue,
        bool Exif = false,
        bool Xmp = false,
        bool Icc = false,
        bool Iptc = false);
}
