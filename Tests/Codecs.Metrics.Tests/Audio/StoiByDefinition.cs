using System.Numerics;

namespace Codecs.Metrics.Tests.Audio;

/// <summary>STOI and ESTOI of 10 kHz signals as the papers write them: matrices, direct transforms, no care for speed.</summary>
internal static class StoiByDefinition
{
    private const int N = 30;
    private const int J = 15;

    public static double Stoi(float[] clean, float[] processed)
    {
        (double[,] x, double[,] y) = Bands(clean, processed);
        List<double> intermediate = [];
        for (int m = N - 1; m < x.GetLength(1); m++)
        {
            for (int j = 0; j < J; j++)
            {
                double[] xs = Enumerable.Range(m - N + 1, N).Select(n => x[j, n]).ToArray();
                double[] ys = Enumerable.Range(m - N + 1, N).Select(n => y[j, n]).ToArray();
                double alpha = Math.Sqrt(xs.Sum(v => v * v) / ys.Sum(v => v * v));
                double[] clipped = ys.Select((v, n) => Math.Min(alpha * v, xs[n] * (1 + Math.Pow(10, 15.0 / 20)))).ToArray();
                intermediate.Add(Unit(xs).Zip(Unit(clipped), (p, q) => p * q).Sum());
            }
        }

        return intermediate.Average();
    }

    public static double Estoi(float[] clean, float[] processed)
    {
        (double[,] x, double[,] y) = Bands(clean, processed);
        List<double> intermediate = [];
        for (int m = N - 1; m < x.GetLength(1); m++)
        {
            double[][] xs = Columns(x, m - N + 1);
            double[][] ys = Columns(y, m - N + 1);
            intermediate.Add(xs.Zip(ys, (p, q) => p.Zip(q, (a, b) => a * b).Sum()).Sum() / N);
        }

        return intermediate.Average();
    }

    /// <summary>Columns of unit norm of a segment whose rows were brought to unit norm before.</summary>
    private static double[][] Columns(double[,] bands, int start)
    {
        double[][] rows = Enumerable.Range(0, J).Select(j => Unit(Enumerable.Range(start, N).Select(n => bands[j, n]).ToArray())).ToArray();
        return Enumerable.Range(0, N).Select(n => Unit(rows.Select(row => row[n]).ToArray())).ToArray();
    }

    private static double[] Unit(double[] values)
    {
        double mean = values.Average();
        double norm = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)));
        return values.Select(v => (v - mean) / norm).ToArray();
    }

    private static (double[,] X, double[,] Y) Bands(float[] clean, float[] processed)
    {
        double[] w = Enumerable.Range(1, 256).Select(n => 0.5 * (1 - Math.Cos(2 * Math.PI * n / 257))).ToArray();
        List<int> starts = [];
        for (int start = 0; start < clean.Length - 256; start += 128)
        {
            starts.Add(start);
        }

        double[] levels = starts.Select(s => 20 * Math.Log10(Math.Sqrt(w.Select((v, n) => Math.Pow(clean[s + n] * v, 2)).Sum() / 256))).ToArray();
        int[] kept = starts.Where((_, i) => levels[i] - levels.Max() + 40 > 0).ToArray();
        double[] x = new double[((kept.Length - 1) * 128) + 256];
        double[] y = new double[x.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            for (int n = 0; n < 256; n++)
            {
                x[(i * 128) + n] += clean[kept[i] + n] * w[n];
                y[(i * 128) + n] += processed[kept[i] + n] * w[n];
            }
        }

        return (ThirdOctaves(x, w), ThirdOctaves(y, w));
    }

    private static double[,] ThirdOctaves(double[] signal, double[] w)
    {
        int frames = 0;
        for (int start = 0; start < signal.Length - 256; start += 128)
        {
            frames++;
        }

        double[,] bands = new double[J, frames];
        for (int m = 0; m < frames; m++)
        {
            double[] powers = new double[257];
            for (int k = 0; k < powers.Length; k++)
            {
                Complex sum = 0;
                for (int n = 0; n < 256; n++)
                {
                    sum += signal[(m * 128) + n] * w[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (k * n % 512) / 512);
                }

                powers[k] = (sum * Complex.Conjugate(sum)).Real;
            }

            for (int j = 0; j < J; j++)
            {
                double center = 150 * Math.Pow(2, j / 3.0);
                int low = Nearest(Math.Sqrt(center * 150 * Math.Pow(2, (j - 1) / 3.0)));
                int high = Nearest(Math.Sqrt(center * 150 * Math.Pow(2, (j + 1) / 3.0)));
                bands[j, m] = Math.Sqrt(powers[low..high].Sum());
            }
        }

        return bands;
    }

    private static int Nearest(double hz) => Enumerable.Range(0, 257).MinBy(k => Math.Abs((k * 10000.0 / 512) - hz));
}
