namespace Codecs.Formats.Media;

/// <summary>The picture formats that can be read; all but <see cref="Heic"/> can be written.</summary>
public enum ImageFormat
{
    /// <summary>PNG: lossless, alpha, all metadata.</summary>
    Png,

    /// <summary>JPEG: lossy, no alpha, all metadata.</summary>
    Jpeg,

    /// <summary>WebP: lossy or lossless, alpha; has no grey pictures (grey comes back as RGB) and no side above 16383.</summary>
    WebP,

    /// <summary>TIFF: lossless (deflate), alpha; no Exif block.</summary>
    Tiff,

    /// <summary>BMP: lossless, alpha, ICC; has no grey pictures (grey comes back as RGB).</summary>
    Bmp,

    /// <summary>PGM or PPM (binary), whichever the picture needs: lossless, no alpha, no metadata.</summary>
    Pnm,

    /// <summary>PAM: lossless, alpha, no metadata.</summary>
    Pam,

    /// <summary>AVIF: lossy or lossless, alpha, colour written in 4:4:4; grey with alpha comes back as RGB with alpha.</summary>
    Avif,

    /// <summary>JPEG XL: lossy or lossless, alpha.</summary>
    Jxl,

    /// <summary>HEIC: can be read, not written.</summary>
    Heic,
}
