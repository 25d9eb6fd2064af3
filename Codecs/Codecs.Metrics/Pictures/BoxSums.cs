namespace Codecs.Metrics.Pictures;

/// <summary>Sums over any rectangle of a plane at the cost of four look-ups; what lies outside of the plane counts as 0.</summary>
internal sealed class BoxSums
{
    // Doubles: 2^31 samples of 255 stay far under 2^53, so that differences of sums keep every digit of the samples.
    private readonly double[] _sums;
    private readonly int _width;
    private readonly int _height;

    public BoxSums(Plane plane)
    {
        (_width, _height) = (plane.Width, plane.Height);
        int stride = _width + 1;
        _sums = new double[stride * (_height + 1)];
        for (int y = 0; y < _height; y++)
        {
            double row = 0;
            for (int x = 0; x < _width; x++)
            {
                row += plane.Samples[(y * _width) + x];
                _sums[((y + 1) * stride) + x + 1] = _sums[(y * stride) + x + 1] + row;
            }
        }
    }

    /// <summary>Sum over columns left..right - 1 and rows top..bottom - 1.</summary>
    public double Sum(int left, int top, int right, int bottom)
    {
        left = Math.Clamp(left, 0, _width);
        right = Math.Clamp(right, 0, _width);
        int upper = Math.Clamp(top, 0, _height) * (_width + 1);
        int lower = Math.Clamp(bottom, 0, _height) * (_width + 1);
        return _sums[lower + right] - _sums[lower + left] - _sums[upper + right] + _sums[upper + left];
    }
}
