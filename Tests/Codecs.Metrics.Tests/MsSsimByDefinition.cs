namespace Codecs.Metrics.Tests;

/// <summary>The formulas as the paper writes them: double precision, two-dimensional windows, nothing shared with the library.</summary>
internal static class MsSsimByDefinition
{
    private static readonly double[] s_exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    public static double Compute(byte[] a, byte[] b, int width, int height)
    {
        double[,] x = ToPlane(a, width, height);
        double[,] y = ToPlane(b, width, height);
        var terms = new List<double>();
        while (true)
        {
            (double ssim, double contrast) = Scale(x, y);
            int half = (Math.Min(x.GetLength(0), x.GetLength(1)) + 1) / 2;
            if (terms.Count == 4 || half < 11)
            {
                terms.Add(Math.Max(0, ssim));
                break;
            }

            terms.Add(Math.Max(0, contrast));
            x = Halve(x);
            y = Halve(y);
        }

        double sum = s_exponents.Take(terms.Count).Sum();
        return terms.Select((term, i) => Math.Pow(term, s_exponents[i] / sum)).Aggregate(1.0, (p, t) => p * t);
    }

    private static (double Ssim, double Contrast) Scale(double[,] x, double[,] y)
    {
        int high = Math.Min(11, x.GetLength(0));
        int wide = Math.Min(11, x.GetLength(1));
        double[,] window = new double[high, wide];
        double total = 0;
        for (int i = 0; i < high; i++)
        {
            for (int j = 0; j < wide; j++)
            {
                double r = Math.Pow(i - ((high - 1) / 2.0), 2) + Math.Pow(j - ((wide - 1) / 2.0), 2);
                window[i, j] = Math.Exp(-r / (2 * 1.5 * 1.5));
                total += window[i, j];
            }
        }

        double ssimSum = 0;
        double contrastSum = 0;
        int count = 0;
        for (int top = 0; top + high <= x.GetLength(0); top++)
        {
            for (int left = 0; left + wide <= x.GetLength(1); left++)
            {
                double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
                for (int i = 0; i < high; i++)
                {
                    for (int j = 0; j < wide; j++)
                    {
                        double w = window[i, j] / total;
                        double p = x[top + i, left + j];
                        double q = y[top + i, left + j];
                        mx += w * p;
                        my += w * q;
                        xx += w * p * p;
                        yy += w * q * q;
                        xy += w * p * q;
                    }
                }

                double c1 = Math.Pow(0.01 * 255, 2);
                double c2 = Math.Pow(0.03 * 255, 2);
                double cs = ((2 * (xy - (mx * my))) + c2) / (xx - (mx * mx) + yy - (my * my) + c2);
                contrastSum += cs;
                ssimSum += cs * ((2 * mx * my) + c1) / ((mx * mx) + (my * my) + c1);
                count++;
            }
        }

        return (ssimSum / count, contrastSum / count);
    }

    private static double[,] Halve(double[,] plane)
    {
        int height = plane.GetLength(0);
        int width = plane.GetLength(1);
        double[,] half = new double[(height + 1) / 2, (width + 1) / 2];
        for (int y = 0; y < half.GetLength(0); y++)
        {
            for (int x = 0; x < half.GetLength(1); x++)
            {
                int y1 = Math.Min((2 * y) + 1, height - 1);
                int x1 = Math.Min((2 * x) + 1, width - 1);
                half[y, x] = (plane[2 * y, 2 * x] + plane[2 * y, x1] + plane[y1, 2 * x] + plane[y1, x1]) / 4;
            }
        }

        return half;
    }

    private static double[,] ToPlane(byte[] samples, int width, int height)
    {
        double[,] plane = new double[height, width];
        for (int i = 0; i < samples.Length; i++)
        {
            plane[i / width, i % width] = samples[i];
        }

        return plane;
    }
}
