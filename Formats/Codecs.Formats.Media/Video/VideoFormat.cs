namespace Codecs.Formats.Media;

/// <summary>What all frames of a video have in common.</summary>
/// <param name="Width">Columns as coded, 1..65536.</param>
/// <param name="Height">Rows as coded, 1..65536.</param>
/// <param name="Chroma">The planes.</param>
/// <param name="BitDepth">Bits of a sample, 8..12.</param>
public sealed record VideoFormat(int Width, int Height, ChromaFormat Chroma, int BitDepth = 8)
{
    /// <summary>Colour primaries (ITU-T H.273), 2 when not specified.</summary>
    public byte Primaries { get; init; } = 2;

    /// <summary>Transfer characteristics (ITU-T H.273), 2 when not specified.</summary>
    public byte Transfer { get; init; } = 2;

    /// <summary>Matrix coefficients (ITU-T H.273): 0 for RGB, 2 when not specified.</summary>
    public byte Matrix { get; init; } = 2;

    /// <summary>True when black is 0 and white the largest value.</summary>
    public bool FullRange { get; init; }

    /// <summary>How to turn the pictures for display, 1..8 as in Exif; 1 is upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Width of a pixel over its height, as a fraction.</summary>
    public (int Width, int Height) PixelAspect { get; init; } = (1, 1);

    /// <summary>Planes of a frame: 1 or 3.</summary>
    public int PlaneCount => Chroma == ChromaFormat.Grey ? 1 : 3;

    /// <summary>Bytes of a sample: 1 up to 8 bits, else 2 (little-endian).</summary>
    public int SampleBytes => BitDepth > 8 ? 2 : 1;

    /// <summary>Bytes of a frame.</summary>
    public long FrameBytes => Enumerable.Range(0, PlaneCount).Sum(p => (long)PlaneWidth(p) * PlaneHeight(p)) * SampleBytes;

    /// <summary>Columns of a plane.</summary>
    public int PlaneWidth(int plane) => plane > 0 && Chroma is (ChromaFormat.Yuv420 or ChromaFormat.Yuv422) ? (Width + 1) / 2 : Width;

    /// <summary>Rows of a plane.</summary>
    public int PlaneHeight(int plane) => plane > 0 && Chroma == ChromaFormat.Yuv420 ? (Height + 1) / 2 : Height;
}
