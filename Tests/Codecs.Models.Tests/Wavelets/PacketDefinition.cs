using Codecs.Models.Wavelets;

namespace Codecs.Models.Tests.Wavelets;

/// <summary>What the fast transforms are: level after level, band after band, on whole planes in double precision.</summary>
internal static class PacketDefinition
{
    private const double Alpha = -1.586134342059924, Beta = -0.052980118572961, Gamma = 0.882911075530934, Delta = 0.443506852043971;
    private const double LowScale = 1.149604398860241;

    /// <summary>One level by lifting with mirrored ends.</summary>
    internal static (double[] Low, double[] High) Split(double[] x)
    {
        double[] y = [.. x];
        Step(y, 1, Alpha);
        Step(y, 0, Beta);
        Step(y, 1, Gamma);
        Step(y, 0, Delta);
        int half = y.Length / 2;
        return ([.. Enumerable.Range(0, half).Select(k => y[2 * k] * LowScale)], [.. Enumerable.Range(0, half).Select(k => -y[(2 * k) + 1] / LowScale)]);
    }

    /// <summary>All bands in natural order.</summary>
    internal static double[][] Packets(double[] x, int levels)
    {
        double[][] bands = [x];
        for (int level = 0; level < levels; level++)
        {
            bands = [.. bands.SelectMany(b => { (double[] low, double[] high) = Split(b); return new[] { low, high }; })];
        }

        return bands;
    }

    /// <summary>[rows, columns, 64] of a plane whose sides are multiples of 8: along rows, then along columns, at each level.</summary>
    internal static double[] Cells(double[] plane, int width)
    {
        (double[] Plane, int Width)[] bands = [(plane, width)];
        for (int level = 0; level < WaveletPacket2D.Levels; level++)
        {
            bands = [.. bands.SelectMany(b => SplitPlane(b.Plane, b.Width))];
        }

        double[] cells = new double[plane.Length];
        for (int c = 0; c < bands.Length; c++)
        {
            for (int p = 0; p < bands[c].Plane.Length; p++)
            {
                cells[(p * bands.Length) + c] = bands[c].Plane[p];
            }
        }

        return cells;
    }

    private static (double[] Plane, int Width)[] SplitPlane(double[] plane, int width)
    {
        int height = plane.Length / width, w = width / 2, h = height / 2;
        double[][] quarters = [new double[w * h], new double[w * h], new double[w * h], new double[w * h]];
        (double[] Low, double[] High)[] rows = [.. Enumerable.Range(0, height).Select(y => Split(plane[(y * width)..((y + 1) * width)]))];
        for (int x = 0; x < width; x++)
        {
            (double[] low, double[] high) = Split([.. rows.Select(r => x < w ? r.Low[x] : r.High[x - w])]);
            for (int y = 0; y < h; y++)
            {
                quarters[x < w ? 0 : 2][(y * w) + (x % w)] = low[y];
                quarters[x < w ? 1 : 3][(y * w) + (x % w)] = high[y];
            }
        }

        return [.. quarters.Select(q => (q, w))];
    }

    private static void Step(double[] y, int parity, double factor)
    {
        for (int i = parity; i < y.Length; i += 2)
        {
            double before = y[i > 0 ? i - 1 : i + 1], after = y[i < y.Length - 1 ? i + 1 : i - 1];
            y[i] += factor * (before + after);
        }
    }
}
