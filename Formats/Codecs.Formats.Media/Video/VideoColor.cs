namespace Codecs.Formats.Media;

/// <summary>Converts between a frame's planes and RGB, with the matrix and range that the format tells of.</summary>
/// <remarks>
/// A matrix that is not specified is BT.601 below 720 rows and BT.709 from there. Primaries and transfer are not converted. Chroma of 4:2:0 lies at the left
/// column and between two rows (H.273 Chroma420SampleLocType 0, as MPEG-2 and H.264 have it), of 4:2:2 at the left column; it is interpolated linearly, and
/// averaged with weights 1, 2, 1 across and 1, 1 down on the way back.
/// </remarks>
public static class VideoColor
{
    /// <summary>Converts a frame to 8-bit RGB.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rgb">Receives [rows, columns, 3], interleaved.</param>
    /// <exception cref="ArgumentException">There is not room for exactly one frame.</exception>
    public static void ToRgb(VideoFrame frame, Span<byte> rgb)
    {
        ArgumentNullException.ThrowIfNull(frame);
        CheckLength(frame.Format, rgb.Length, nameof(rgb));
        if (frame.Format.Chroma is ChromaFormat.Rgb or ChromaFormat.Grey)
        {
            Interleave(frame, rgb);
        }
        else
        {
            var rows = new ChromaRows(frame);
            var matrix = new LumaChroma(frame.Format);
            int width = frame.Format.Width;
            for (int y = 0; y < frame.Format.Height; y++)
            {
                rows.MoveTo(y);
                Span<byte> line = rgb.Slice(y * width * 3, width * 3);
                for (int x = 0; x < width; x++)
                {
                    (float r, float g, float b) = matrix.ToRgb(rows.Luma[x], rows.Cb[x], rows.Cr[x]);
                    (line[3 * x], line[(3 * x) + 1], line[(3 * x) + 2]) = (Byte(r), Byte(g), Byte(b));
                }
            }
        }
    }

    /// <summary>Converts 8-bit RGB to a frame.</summary>
    /// <param name="rgb">[rows, columns, 3], interleaved.</param>
    /// <param name="format">What the frame shall be; any planes and depth.</param>
    /// <param name="timestamp">When the frame is shown.</param>
    /// <exception cref="ArgumentException">There is not exactly one frame.</exception>
    public static VideoFrame FromRgb(ReadOnlySpan<byte> rgb, VideoFormat format, long timestamp = 0)
    {
        ArgumentNullException.ThrowIfNull(format);
        CheckLength(format, rgb.Length, nameof(rgb));
        int count = format.Width * format.Height;
        ushort[][] planes = [new ushort[count], new ushort[count], new ushort[count]];
        float scale = ((1 << format.BitDepth) - 1) / 255f;
        for (int i = 0; i < count; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                planes[c][i] = (ushort)MathF.Round(rgb[(3 * i) + c] * scale);
            }
        }

        return FromPlanes(planes, format, timestamp);
    }

    /// <summary>Converts an RGB frame to other planes of the same depth.</summary>
    internal static VideoFrame FromRgb(VideoFrame frame, VideoFormat format)
    {
        int count = format.Width * format.Height;
        ushort[][] planes = [new ushort[count], new ushort[count], new ushort[count]];
        for (int c = 0; c < 3; c++)
        {
            frame.Read(c, planes[c]);
        }

        return FromPlanes(planes, format, frame.Timestamp);
    }

    private static VideoFrame FromPlanes(ushort[][] rgb, VideoFormat format, long timestamp)
    {
        var frame = new VideoFrame(format, new byte[format.FrameBytes], timestamp);
        if (format.Chroma == ChromaFormat.Rgb)
        {
            for (int c = 0; c < 3; c++)
            {
                frame.Write(c, rgb[c]);
            }

            return frame;
        }

        var matrix = new LumaChroma(format);
        float scale = 1f / ((1 << format.BitDepth) - 1);
        float[] cb = new float[rgb[0].Length];
        float[] cr = new float[rgb[0].Length];
        ushort[] luma = new ushort[rgb[0].Length];
        for (int i = 0; i < luma.Length; i++)
        {
            (float y, cb[i], cr[i]) = matrix.FromRgb(rgb[0][i] * scale, rgb[1][i] * scale, rgb[2][i] * scale);
            luma[i] = matrix.Code(y);
        }

        frame.Write(0, luma);
        if (format.PlaneCount > 1)
        {
            ChromaRows.Subsample(cb, frame, 1, matrix);
            ChromaRows.Subsample(cr, frame, 2, matrix);
        }

        return frame;
    }

    private static void Interleave(VideoFrame frame, Span<byte> rgb)
    {
        VideoFormat format = frame.Format;
        ushort[] values = new ushort[format.Width * format.Height];
        // Grey of limited range has Y's black and white.
        bool isLimited = format is { Chroma: ChromaFormat.Grey, FullRange: false };
        float unit = 1 << (format.BitDepth - 8);
        (float offset, float scale) = isLimited ? (16 * unit, 219 * unit) : (0, (1 << format.BitDepth) - 1);
        for (int c = 0; c < 3; c++)
        {
            if (c < format.PlaneCount)
            {
                frame.Read(c, values);
            }

            for (int i = 0; i < values.Length; i++)
            {
                rgb[(3 * i) + c] = Byte((values[i] - offset) / scale);
            }
        }
    }

    private static byte Byte(float value) => (byte)Math.Clamp((int)MathF.Round(value * 255), 0, 255);

    private static void CheckLength(VideoFormat format, int length, string parameter)
    {
        if (length != 3L * format.Width * format.Height)
        {
            throw new ArgumentException($"{length} bytes; {format.Width}x{format.Height} pixels have {3L * format.Width * format.Height}.", parameter);
        }
    }
}
