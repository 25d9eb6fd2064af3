using Codecs.Formats.Media;

namespace Codecs.Video.Encoding;

/// <summary>The first plane of a frame as means of some hundred blocks, each 0..1: enough to tell scenes apart, blind to noise and small motion.</summary>
internal sealed class Thumbnail
{
    private const int MostColumns = 32, MostRows = 18;
    private readonly float[] _means;

    internal Thumbnail(VideoFrame frame)
    {
        int width = frame.Format.Width, height = frame.Format.Height, columns = Math.Min(MostColumns, width), rows = Math.Min(MostRows, height);
        _means = new float[columns * rows];
        int bytes = frame.Format.SampleBytes, top = (1 << frame.Format.BitDepth) - 1;
        ReadOnlySpan<byte> plane = frame.Plane(0);
        for (int row = 0; row < rows; row++)
        {
            int y0 = row * height / rows, y1 = (row + 1) * height / rows;
            for (int column = 0; column < columns; column++)
            {
                int x0 = column * width / columns, x1 = (column + 1) * width / columns;
                long sum = 0;
                for (int y = y0; y < y1; y++)
                {
                    for (int x = x0; x < x1; x++)
                    {
                        int at = ((y * width) + x) * bytes;
                        sum += bytes == 1 ? plane[at] : plane[at] | (plane[at + 1] << 8);
                    }
                }

                _means[(row * columns) + column] = (float)sum / ((y1 - y0) * (x1 - x0) * top);
            }
        }
    }

    /// <summary>Mean difference, 0..1.</summary>
    internal double DistanceTo(Thumbnail other)
    {
        double sum = 0;
        for (int i = 0; i < _means.Length; i++)
        {
            sum += Math.Abs(_means[i] - other._means[i]);
        }

        return sum / _means.Length;
    }
}
