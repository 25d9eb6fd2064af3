using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Brings frames into the format in which they are coded or compared.</summary>
internal static class FrameConversion
{
    /// <summary>8-bit RGB, [rows, columns, 3].</summary>
    public static byte[] ToRgb(VideoFrame frame)
    {
        byte[] rgb = new byte[checked(3 * frame.Format.Width * frame.Format.Height)];
        VideoColor.ToRgb(frame, rgb);
        return rgb;
    }

    /// <summary>A frame of the same size with other planes, by way of 8-bit RGB; the frame itself when its samples mean the same already.</summary>
    public static VideoFrame To(VideoFormat format, VideoFrame frame) => HasSamplesOf(frame.Format, format)
        ? frame
        : VideoColor.FromRgb(ToRgb(frame), format, frame.Timestamp);

    private static bool HasSamplesOf(VideoFormat a, VideoFormat b) =>
        (a.Chroma, a.BitDepth, a.Matrix, a.FullRange) == (b.Chroma, b.BitDepth, b.Matrix, b.FullRange);
}
