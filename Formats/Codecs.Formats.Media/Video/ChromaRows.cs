namespace Codecs.Formats.Media;

/// <summary>Rows of a frame with chroma of the luma's width, one after the other, and the way back.</summary>
internal sealed class ChromaRows
{
    private readonly VideoFormat _format;
    private readonly ushort[][] _planes;

    public ChromaRows(VideoFrame frame)
    {
        _format = frame.Format;
        _planes = new ushort[3][];
        for (int p = 0; p < 3; p++)
        {
            _planes[p] = new ushort[_format.PlaneWidth(p) * _format.PlaneHeight(p)];
            frame.Read(p, _planes[p]);
        }

        (Luma, Cb, Cr) = (new float[_format.Width], new float[_format.Width], new float[_format.Width]);
    }

    /// <summary>Y of the row.</summary>
    public float[] Luma { get; }

    /// <summary>Cb at each of its pixels.</summary>
    public float[] Cb { get; }

    /// <summary>Cr at each of its pixels.</summary>
    public float[] Cr { get; }

    /// <summary>Goes to a row.</summary>
    public void MoveTo(int y)
    {
        ReadOnlySpan<ushort> luma = _planes[0].AsSpan(y * _format.Width, _format.Width);
        for (int x = 0; x < luma.Length; x++)
        {
            Luma[x] = luma[x];
        }

        Interpolate(1, y, Cb);
        Interpolate(2, y, Cr);
    }

    /// <summary>Averages full chroma to a frame's plane.</summary>
    /// <param name="full">[rows, columns] of the luma, not rounded.</param>
    /// <param name="frame">Gets the plane.</param>
    /// <param name="plane">1 or 2.</param>
    /// <param name="matrix">Rounds to codes.</param>
    public static void Subsample(float[] full, VideoFrame frame, int plane, in LumaChroma matrix)
    {
        VideoFormat format = frame.Format;
        (int width, int height) = (format.PlaneWidth(plane), format.PlaneHeight(plane));
        ushort[] codes = new ushort[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                codes[(y * width) + x] = matrix.Code(format.Chroma switch
                {
                    ChromaFormat.Yuv420 => 0.5f * (Across(2 * y, x) + Across(Math.Min((2 * y) + 1, format.Height - 1), x)),
                    ChromaFormat.Yuv422 => Across(y, x),
                    _ => full[(y * width) + x],
                });
            }
        }

        frame.Write(plane, codes);

        float Across(int row, int x)
        {
            ReadOnlySpan<float> line = full.AsSpan(row * format.Width, format.Width);
            return (0.25f * (line[Math.Max((2 * x) - 1, 0)] + line[Math.Min((2 * x) + 1, format.Width - 1)])) + (0.5f * line[2 * x]);
        }
    }

    private void Interpolate(int plane, int y, float[] row)
    {
        (int width, int height) = (_format.PlaneWidth(plane), _format.PlaneHeight(plane));
        int near = y, other = y;
        if (_format.Chroma == ChromaFormat.Yuv420)
        {
            // A chroma row lies between luma rows 2 c and 2 c + 1, a quarter of its own distance from either.
            near = y / 2;
            other = Math.Clamp(y % 2 == 0 ? near - 1 : near + 1, 0, height - 1);
        }

        ReadOnlySpan<ushort> a = _planes[plane].AsSpan(near * width, width);
        ReadOnlySpan<ushort> b = _planes[plane].AsSpan(other * width, width);
        if (_format.Chroma == ChromaFormat.Yuv444)
        {
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = a[x];
            }

            return;
        }

        for (int x = 0; x < row.Length; x++)
        {
            int left = x / 2;
            int right = Math.Min(left + (x % 2), width - 1);
            row[x] = (0.375f * (a[left] + a[right])) + (0.125f * (b[left] + b[right]));
        }
    }
}
