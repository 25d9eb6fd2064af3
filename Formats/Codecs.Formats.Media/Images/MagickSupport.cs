using ImageMagick;

namespace Codecs.Formats.Media;

/// <summary>What reader and writer share: format names, error translation, one-time set-up.</summary>
internal static class MagickSupport
{
    private static readonly Lazy<bool> s_ready = new(() =>
    {
        MagickNET.Initialize();
        return true;
    });

    /// <summary>Sets the native library up once; safe to call from any thread.</summary>
    public static void EnsureReady() => _ = s_ready.Value;

    /// <summary>The one coder that may see the bytes: naming it keeps the library from choosing another by content or name.</summary>
    public static MagickFormat Coder(ImageFormat format) => format switch
    {
        ImageFormat.Png => MagickFormat.Png,
        ImageFormat.Jpeg => MagickFormat.Jpeg,
        ImageFormat.WebP => MagickFormat.WebP,
        ImageFormat.Tiff => MagickFormat.Tiff,
        ImageFormat.Bmp => MagickFormat.Bmp,
        ImageFormat.Pnm => MagickFormat.Pnm,
        ImageFormat.Pam => MagickFormat.Pam,
        ImageFormat.Avif => MagickFormat.Avif,
        ImageFormat.Jxl => MagickFormat.Jxl,
        ImageFormat.Heic => MagickFormat.Heic,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a picture format."),
    };

    /// <summary>The library's message without the temporary names and source lines that it appends.</summary>
    public static string Cause(MagickException error)
    {
        ReadOnlySpan<char> text = error.Message;
        int tail = text.IndexOf('`');
        text = (tail > 0 ? text[..tail] : text).Trim().TrimEnd('.');
        return text.ToString().ReplaceLineEndings(" ");
    }
}
