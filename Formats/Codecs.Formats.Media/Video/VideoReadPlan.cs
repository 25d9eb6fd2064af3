using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>How the frames of a track become those that were asked for.</summary>
/// <param name="StreamIndex">The track.</param>
/// <param name="Format">What the caller gets.</param>
/// <param name="Piped">What ffmpeg gives: the same, or grey, to which planes are added here.</param>
/// <param name="PixelFormat">ffmpeg's name of it.</param>
/// <param name="Filters">ffmpeg's filters.</param>
internal sealed record VideoReadPlan(int StreamIndex, VideoFormat Format, VideoFormat Piped, string PixelFormat, string Filters)
{
    /// <summary>Plans the reading of a track.</summary>
    /// <exception cref="MediaException">The track has no known pixel format.</exception>
    /// <exception cref="LimitExceededException">The frames are too large.</exception>
    public static VideoReadPlan Make(ProbedStream stream, VideoReadOptions options, string name)
    {
        VideoLimits.Check(stream.Width, stream.Height, name);
        PixelFormat pixels = PixelFormats.Find(stream.PixFmt)
            ?? throw new MediaException($"'{name}': the pixels of its video ({stream.PixFmt ?? "unknown"}) cannot be read.");
        VideoFormat stored = Stored(stream, pixels);
        ChromaFormat chroma = options.Chroma ?? stored.Chroma;
        (int width, int height) = options.Size ?? (stored.Width, stored.Height);
        VideoLimits.Check(width, height, name);
        VideoFormat format = Colors(stored, chroma) with
        {
            Width = width, Height = height, Chroma = chroma, BitDepth = options.BitDepth ?? stored.BitDepth, PixelAspect = Aspect(stored, width, height),
        };

        // Grey gets its other planes from us, and is taken from Y as it is: ffmpeg would change the range, as it knows grey of full range only.
        ChromaFormat piped = stored.Chroma == ChromaFormat.Grey ? ChromaFormat.Grey : chroma;
        bool extract = piped == ChromaFormat.Grey && stored.Chroma != ChromaFormat.Grey;
        ChromaFormat scaled = !extract ? piped : stored.Chroma == ChromaFormat.Rgb ? ChromaFormat.Yuv444 : stored.Chroma;
        bool keepsName = pixels.IsFullRange && (scaled, format.BitDepth) == (stored.Chroma, stored.BitDepth);
        string pixelFormat = keepsName ? stream.PixFmt! : PixelFormats.Name(scaled, format.BitDepth);
        string filters = $"{Scale(stored, format, scaled)},format={pixelFormat}";
        return new VideoReadPlan(
            stream.Index, format, format with { Chroma = piped }, extract ? PixelFormats.Name(ChromaFormat.Grey, format.BitDepth) : pixelFormat,
            extract ? $"{filters},extractplanes=y" : filters);
    }

    private static VideoFormat Stored(ProbedStream stream, PixelFormat pixels) => new(stream.Width, stream.Height, pixels.Chroma, pixels.BitDepth)
    {
        Primaries = ColorCodes.Primaries(stream.ColorPrimaries),
        Transfer = ColorCodes.Transfer(stream.ColorTransfer),
        Matrix = pixels.Chroma == ChromaFormat.Rgb ? (byte)0 : ColorCodes.Matrix(stream.ColorSpace) is var matrix and not 0 ? matrix : ColorCodes.Unspecified,
        FullRange = pixels.IsFullRange || stream.ColorRange == "pc" || pixels.Chroma == ChromaFormat.Rgb
            || (pixels.Chroma == ChromaFormat.Grey && stream.ColorRange != "tv"),
        Orientation = DisplayMatrix.Orientation(stream.DisplayMatrix),
        PixelAspect = FrameRates.TryParse(stream.SampleAspectRatio, ':', out FrameClock aspect) ? (aspect.Numerator, aspect.Denominator) : (1, 1),
    };

    /// <summary>Matrix and range after a conversion: RGB becomes YUV of limited range with the usual matrix, or grey of full range.</summary>
    private static VideoFormat Colors(VideoFormat stored, ChromaFormat chroma) => (stored.Chroma, chroma) switch
    {
        (ChromaFormat.Rgb, ChromaFormat.Rgb) => stored,
        (_, ChromaFormat.Rgb) => stored with { Matrix = 0, FullRange = true },
        (ChromaFormat.Rgb, ChromaFormat.Grey) => stored with { Matrix = ColorCodes.ByHeight(stored.Height), FullRange = true },
        (ChromaFormat.Rgb, _) => stored with { Matrix = ColorCodes.ByHeight(stored.Height), FullRange = false },
        _ => stored,
    };

    /// <summary>The pixel's shape after scaling, such that the picture keeps its own.</summary>
    private static (int Width, int Height) Aspect(VideoFormat stored, int width, int height)
    {
        if ((width, height) == (stored.Width, stored.Height))
        {
            return stored.PixelAspect;
        }

        Int128 across = (Int128)stored.PixelAspect.Width * stored.Width * height;
        Int128 down = (Int128)stored.PixelAspect.Height * stored.Height * width;
        FrameClock reduced = FrameRates.Reduce(across, down);
        return (reduced.Numerator, reduced.Denominator);
    }

    /// <summary>The scaler. It hands on what is to stay as it is, and holds size and format when a file changes them midway.</summary>
    private static string Scale(VideoFormat stored, VideoFormat format, ChromaFormat scaled)
    {
        string kernel = (long)format.Width * format.Height < (long)stored.Width * stored.Height ? "area"
            : (format.Width, format.Height) == (stored.Width, stored.Height) ? "bicubic"
            : "lanczos";
        string filter = string.Create(
            CultureInfo.InvariantCulture, $"scale={format.Width}:{format.Height}:flags={kernel}+accurate_rnd+full_chroma_int+full_chroma_inp");
        // Where the planes get other sizes, chroma lies at the left column and between the rows, as VideoColor has it.
        filter += (stored.Chroma, scaled) switch
        {
            (ChromaFormat.Yuv420, not ChromaFormat.Yuv420) => ":in_h_chr_pos=0:in_v_chr_pos=128",
            (ChromaFormat.Yuv422, not ChromaFormat.Yuv422) => ":in_h_chr_pos=0",
            _ => string.Empty,
        };
        filter += (scaled, stored.Chroma) switch
        {
            (ChromaFormat.Yuv420, not ChromaFormat.Yuv420) => ":out_h_chr_pos=0:out_v_chr_pos=128",
            (ChromaFormat.Yuv422, not ChromaFormat.Yuv422) => ":out_h_chr_pos=0",
            _ => string.Empty,
        };
        bool isRgb = stored.Chroma == ChromaFormat.Rgb;
        return (isRgb, scaled == ChromaFormat.Rgb, stored.Chroma == ChromaFormat.Grey) switch
        {
            (false, false, false) => $"{filter}:in_range={Range(stored)}:out_range={Range(format)}",
            (false, true, false) => $"{filter}:in_range={Range(stored)}:in_color_matrix={ColorCodes.ScalerMatrix(ColorCodes.Effective(stored))}",
            (true, false, _) => $"{filter}:out_range={Range(format)}:out_color_matrix={ColorCodes.ScalerMatrix(format.Matrix)}",
            _ => filter,
        };
    }

    private static string Range(VideoFormat format) => format.FullRange ? "pc" : "tv";
}
