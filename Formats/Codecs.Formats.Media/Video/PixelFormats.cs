using System.Text.Json;

namespace Codecs.Formats.Media;

/// <summary>ffmpeg's pixel formats and which of ours is nearest.</summary>
internal static class PixelFormats
{
    private const int MaxJsonBytes = 4 << 20;

    private static readonly Lazy<Dictionary<string, PixelFormat>> s_all = new(Load);

    /// <summary>ffmpeg's name of a planar format, little-endian.</summary>
    /// <exception cref="MediaException">ffmpeg has no format with so many bits.</exception>
    public static string Name(ChromaFormat chroma, int bitDepth)
    {
        if (bitDepth is < 8 or > 12 or 11)
        {
            throw new MediaException($"Samples of {bitDepth} bits cannot go through ffmpeg; it has 8, 9, 10 and 12.");
        }

        string planes = chroma switch
        {
            ChromaFormat.Grey => "gray",
            ChromaFormat.Yuv420 => "yuv420p",
            ChromaFormat.Yuv422 => "yuv422p",
            ChromaFormat.Yuv444 => "yuv444p",
            _ => "gbrp",
        };
        return bitDepth == 8 ? planes : $"{planes}{bitDepth}le";
    }

    /// <summary>The four bytes that name the format in NUT.</summary>
    public static byte[] FourCc(ChromaFormat chroma, int bitDepth) => (chroma, bitDepth) switch
    {
        (ChromaFormat.Grey, 8) => [.. "Y800"u8],
        (ChromaFormat.Yuv420, 8) => [.. "I420"u8],
        (ChromaFormat.Yuv422, 8) => [.. "Y42B"u8],
        (ChromaFormat.Yuv444, 8) => [.. "444P"u8],
        // Letter, components, both shifts of the chroma planes as digits, bits.
        (ChromaFormat.Grey, _) => [(byte)'Y', (byte)'1', 0, (byte)bitDepth],
        (ChromaFormat.Yuv420, _) => [(byte)'Y', (byte)'3', 11, (byte)bitDepth],
        (ChromaFormat.Yuv422, _) => [(byte)'Y', (byte)'3', 10, (byte)bitDepth],
        (ChromaFormat.Yuv444, _) => [(byte)'Y', (byte)'3', 0, (byte)bitDepth],
        _ => [(byte)'G', (byte)'3', 0, (byte)bitDepth],
    };

    /// <summary>What a pixel format of ffmpeg is, or null when it holds no picture that ffmpeg's scaler could read.</summary>
    public static PixelFormat? Find(string? name) => name is not null && s_all.Value.TryGetValue(name, out PixelFormat? format) ? format : null;

    private static Dictionary<string, PixelFormat> Load()
    {
        byte[] json = FfmpegProcess.Run(FfmpegLocation.Ffprobe, ["-v", "error", "-show_pixel_formats", "-of", "json"], default, MaxJsonBytes, "ffprobe");
        var formats = new Dictionary<string, PixelFormat>();
        using var document = JsonDocument.Parse(json);
        foreach (JsonElement entry in document.RootElement.GetProperty("pixel_formats").EnumerateArray())
        {
            JsonElement flags = entry.GetProperty("flags");
            bool Has(string flag) => flags.GetProperty(flag).GetInt32() != 0;
            if (!Has("hwaccel") && entry.TryGetProperty("components", out JsonElement components))
            {
                string name = entry.GetProperty("name").GetString()!;
                int shiftX = entry.TryGetProperty("log2_chroma_w", out JsonElement w) ? w.GetInt32() : 0;
                int shiftY = entry.TryGetProperty("log2_chroma_h", out JsonElement h) ? h.GetInt32() : 0;
                int count = entry.GetProperty("nb_components").GetInt32();
                int depth = components.EnumerateArray().Max(c => c.GetProperty("bit_depth").GetInt32());
                ChromaFormat chroma = Has("rgb") || Has("palette") || name.StartsWith("xyz", StringComparison.Ordinal) ? ChromaFormat.Rgb
                    : count < 3 ? ChromaFormat.Grey
                    : shiftX > 0 && shiftY > 0 ? ChromaFormat.Yuv420
                    : shiftX > 0 ? ChromaFormat.Yuv422
                    : ChromaFormat.Yuv444;
                depth = depth switch { <= 8 => 8, <= 10 => depth, _ => 12 };
                formats[name] = new PixelFormat(chroma, depth, Has("alpha"), name.StartsWith("yuvj", StringComparison.Ordinal));
            }
        }

        return formats;
    }
}

/// <summary>The nearest planar format without alpha.</summary>
/// <param name="Chroma">The planes.</param>
/// <param name="BitDepth">8, 9, 10 or 12.</param>
/// <param name="HasAlpha">True when there is alpha that is lost.</param>
/// <param name="IsFullRange">True when the name itself says that the range is full.</param>
internal sealed record PixelFormat(ChromaFormat Chroma, int BitDepth, bool HasAlpha, bool IsFullRange);
