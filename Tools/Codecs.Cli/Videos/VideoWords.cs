using System.Globalization;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Videos;

/// <summary>Formats in words.</summary>
internal static class VideoWords
{
    internal static string PixelFormat(VideoFormat format) =>
        string.Create(CultureInfo.InvariantCulture, $"{format.Chroma.ToString().ToLowerInvariant()} {format.BitDepth}");

    internal static string Colour(VideoFormat format) =>
        string.Create(CultureInfo.InvariantCulture, $"{format.Primaries}/{format.Transfer}/{format.Matrix} {(format.FullRange ? "full" : "limited")}");

    internal static string? PixelAspect(VideoFormat format) => format.PixelAspect.Width == format.PixelAspect.Height
        ? null : string.Create(CultureInfo.InvariantCulture, $"{format.PixelAspect.Width}:{format.PixelAspect.Height}");

    /// <summary>What the sound of a file is; null without.</summary>
    internal static string? Sound(NcfHeader header) => header.Tracks.FirstOrDefault(t => t is AudioTrack or CopiedTrack) switch
    {
        AudioTrack track => header.ModelOf(track)?.Name ?? "coded",
        CopiedTrack copied => $"copied ({copied.MediaType})",
        _ => null,
    };
}
