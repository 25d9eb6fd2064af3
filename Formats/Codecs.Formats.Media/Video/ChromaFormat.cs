namespace Codecs.Formats.Media;

/// <summary>Which planes a frame has and how far the chroma planes are subsampled.</summary>
public enum ChromaFormat
{
    /// <summary>One plane.</summary>
    Grey,

    /// <summary>Y, Cb, Cr; chroma has half the columns and half the rows (rounded up).</summary>
    Yuv420,

    /// <summary>Y, Cb, Cr; chroma has half the columns (rounded up).</summary>
    Yuv422,

    /// <summary>Y, Cb, Cr of the same size.</summary>
    Yuv444,

    /// <summary>Red, green, blue of the same size, as planes in this order.</summary>
    Rgb,
}
