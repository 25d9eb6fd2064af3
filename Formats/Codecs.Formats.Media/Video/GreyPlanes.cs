namespace Codecs.Formats.Media;

/// <summary>Gives grey frames the planes that others have, without touching what they show.</summary>
internal static class GreyPlanes
{
    /// <summary>Adds neutral chroma, or repeats the plane as red, green and blue of full range.</summary>
    /// <param name="grey">A frame of one plane.</param>
    /// <param name="format">A format of three planes, of the same size and depth.</param>
    public static VideoFrame Widen(VideoFrame grey, VideoFormat format)
    {
        var frame = new VideoFrame(format, new byte[format.FrameBytes], grey.Timestamp);
        bool isRgb = format.Chroma == ChromaFormat.Rgb;
        ushort[] values = new ushort[format.Width * format.Height];
        grey.Read(0, values);
        if (isRgb && !grey.Format.FullRange)
        {
            Expand(values, format.BitDepth);
        }

        frame.Write(0, values);
        if (!isRgb)
        {
            values.AsSpan().Fill((ushort)(1 << (format.BitDepth - 1)));
        }

        for (int plane = 1; plane < 3; plane++)
        {
            frame.Write(plane, values.AsSpan(0, format.PlaneWidth(plane) * format.PlaneHeight(plane)));
        }

        return frame;
    }

    /// <summary>From 16..235 to 0..255, or as much more as there are bits.</summary>
    private static void Expand(ushort[] values, int bitDepth)
    {
        int shift = bitDepth - 8;
        int max = (1 << bitDepth) - 1;
        float scale = max / (float)(219 << shift);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (ushort)Math.Clamp((int)MathF.Round((values[i] - (16 << shift)) * scale), 0, max);
        }
    }
}
