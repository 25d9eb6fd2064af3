namespace Codecs.Formats.Container;

/// <summary>The channels of a picture track; the numbers are part of the format.</summary>
public enum PictureLayout : byte
{
    /// <summary>Red, green, blue.</summary>
    Rgb = 0,

    /// <summary>One channel.</summary>
    Grey = 1,

    /// <summary>Red, green, blue and straight alpha, coded together.</summary>
    Rgba = 2,

    /// <summary>Luma and two chroma planes with half the columns and half the rows, rounded up.</summary>
    Yuv420 = 3,

    /// <summary>Luma and two chroma planes with half the columns, rounded up.</summary>
    Yuv422 = 4,

    /// <summary>Luma and two chroma planes of the same size.</summary>
    Yuv444 = 5,
}
