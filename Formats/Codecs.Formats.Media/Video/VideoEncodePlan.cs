using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>How frames get into a container through ffmpeg.</summary>
/// <param name="Piped">What ffmpeg is given.</param>
/// <param name="PixelFormat">What the encoder is given.</param>
/// <param name="Encoder">The encoder's arguments.</param>
/// <param name="Filters">ffmpeg's filters.</param>
/// <param name="Colors">What colours the file tells of.</param>
/// <param name="Degrees">How far players are told to turn, clockwise; other turning is done by the filters.</param>
internal sealed record VideoEncodePlan(
    VideoFormat Piped, string PixelFormat, IReadOnlyList<string> Encoder, string Filters, VideoFormat Colors, int Degrees)
{
    private const double SafeX264Crf = 12;
    private const double SafeVp9Crf = 10;

    /// <summary>Plans the writing of a video.</summary>
    /// <exception cref="MediaException">The container cannot hold such frames exactly, as was asked.</exception>
    public static VideoEncodePlan Make(VideoContainer container, VideoFormat format, VideoWriteOptions options)
    {
        bool isVp9 = container == VideoContainer.WebM;
        bool isFfv1 = container == VideoContainer.Mkv && options.Lossless;
        bool isOdd = !isVp9 && !isFfv1 && ((format.Width & 1) != 0 || (format.Height & 1) != 0);
        // Grey that players know: YUV without colours.
        VideoFormat piped = format.Chroma != ChromaFormat.Grey || isFfv1 ? format : format with { Chroma = isOdd ? ChromaFormat.Yuv444 : ChromaFormat.Yuv420 };
        VideoFormat coded = isFfv1 ? piped : Codable(piped, isOdd, isVp9, options.Lossless);
        if (options.Lossless && (coded.Chroma, coded.BitDepth) != (piped.Chroma, piped.BitDepth))
        {
            throw new MediaException(
                $"{container} cannot hold {format.Width}x{format.Height} {format.Chroma} of {format.BitDepth} bits without loss; Matroska (.mkv) can.");
        }

        // Matroska as ffmpeg writes it has no turning, and few players know mirroring.
        int degrees = container is VideoContainer.Mp4 or VideoContainer.Mov ? DisplayMatrix.Degrees(format.Orientation) ?? 0 : 0;
        string[] filters =
        [
            .. (coded.Chroma, coded.BitDepth) == (piped.Chroma, piped.BitDepth) ? [] : (string[])[Convert(piped, coded)],
            .. degrees != 0 || format.Orientation == 1 ? [] : (string[])[DisplayMatrix.Filters(format.Orientation)],
        ];
        bool isX264Rgb = !isVp9 && !isFfv1 && coded.Chroma == ChromaFormat.Rgb;
        return new VideoEncodePlan(
            piped, isX264Rgb ? "rgb24" : PixelFormats.Name(coded.Chroma, coded.BitDepth), Arguments(options, isVp9, isFfv1, isX264Rgb),
            filters.Length == 0 ? "null" : string.Join(',', filters), coded, degrees);
    }

    /// <summary>The nearest that the encoder takes.</summary>
    private static VideoFormat Codable(VideoFormat piped, bool isOdd, bool isVp9, bool isLossless)
    {
        VideoFormat coded = piped with
        {
            BitDepth = (piped.BitDepth, isVp9) switch
            {
                (8, _) => 8,
                (12, true) => 12,
                _ => 10,
            },
        };
        if (coded.Chroma != ChromaFormat.Rgb)
        {
            // x264 halves even sizes only.
            return isOdd ? coded with { Chroma = ChromaFormat.Yuv444 } : coded;
        }

        bool staysRgb = isLossless && (isVp9 || coded.BitDepth == 8);
        return staysRgb ? coded : coded with { Chroma = ChromaFormat.Yuv444, Matrix = ColorCodes.ByHeight(piped.Height), FullRange = false };
    }

    private static string Convert(VideoFormat piped, VideoFormat coded)
    {
        string range = coded.FullRange ? "pc" : "tv";
        string colors = piped.Chroma == ChromaFormat.Rgb
            ? $"out_range={range}:out_color_matrix={ColorCodes.ScalerMatrix(coded.Matrix)}"
            : $"in_range={range}:out_range={range}:in_h_chr_pos=0{(piped.Chroma == ChromaFormat.Yuv420 ? ":in_v_chr_pos=128" : string.Empty)}";
        return $"scale=flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:{colors},format={PixelFormats.Name(coded.Chroma, coded.BitDepth)}";
    }

    private static string[] Arguments(VideoWriteOptions options, bool isVp9, bool isFfv1, bool isX264Rgb)
    {
        string Crf(double usual) => (options.Crf ?? usual).ToString("0.###", CultureInfo.InvariantCulture);
        return (isVp9, isFfv1, options.Lossless) switch
        {
            (_, true, _) => ["-c:v", "ffv1", "-level", "3", "-g", "1", "-slicecrc", "1"],
            (true, _, true) => ["-c:v", "libvpx-vp9", "-lossless", "1", "-row-mt", "1", "-cpu-used", "4"],
            (true, _, false) => ["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", Crf(SafeVp9Crf), "-row-mt", "1", "-cpu-used", "4"],
            (false, _, true) => ["-c:v", isX264Rgb ? "libx264rgb" : "libx264", "-preset", "medium", "-qp", "0"],
            _ => ["-c:v", "libx264", "-preset", "medium", "-crf", Crf(SafeX264Crf)],
        };
    }
}
