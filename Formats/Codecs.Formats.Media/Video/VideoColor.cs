namespace Codecs.Formats.Media;

/// <summary>Converts between a frame's planes and 8-bit RGB, with the matrix and range that the format tells of.</summary>
public static class VideoColor
{
    /// <summary>Converts a frame to interleaved RGB.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rgb">Receives [rows, columns, 3].</param>
    public static void ToRgb(VideoFrame frame, Span<byte> rgb) => throw new NotImplementedException();

    /// <summary>Converts interleaved RGB to a frame.</summary>
    /// <param name="rgb">[rows, columns, 3].</param>
    /// <param name="format">What the frame shall be.</param>
    /// <param name="timestamp">When the frame is shown.</param>
    public static VideoFrame FromRgb(ReadOnlySpan<byte> rgb, VideoFormat format, long timestamp = 0) => throw new NotImplementedException();
}
