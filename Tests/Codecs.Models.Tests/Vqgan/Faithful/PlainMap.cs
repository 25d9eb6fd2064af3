using Codecs.Formats.Weights;

namespace Codecs.Models.Tests.Vqgan.Faithful;

/// <summary>A map [channels, rows, columns] in double precision, and the layers of a VQGAN by their definitions: a second implementation to hold the first against.</summary>
internal sealed record PlainMap(int Channels, int Rows, int Columns, double[] Values)
{
    internal double this[int channel, int row, int column] => row >= 0 && row < Rows && column >= 0 && column < Columns
        ? Values[(((channel * Rows) + row) * Columns) + column]
        : 0;

    internal static PlainMap Fill(int channels, int rows, int columns, Func<int, int, int, double> value)
    {
        double[] values = new double[channels * rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(i / (rows * columns), i / columns % rows, i % columns);
        }

        return new PlainMap(channels, rows, columns, values);
    }

    internal PlainMap Add(PlainMap other) => this with { Values = [.. Values.Zip(other.Values, (a, b) => a + b)] };

    internal PlainMap Swish() => this with { Values = [.. Values.Select(v => v / (1 + Math.Exp(-v)))] };

    /// <summary>Cross-correlation; output row r looks at input rows from r·stride - before on.</summary>
    internal PlainMap Convolve(SafetensorsTensor weight, SafetensorsTensor bias, int stride, int before, int rows, int columns)
    {
        float[] w = weight.ToFloats(), b = bias.ToFloats();
        int kernel = (int)weight.Shape[2];
        return Fill((int)weight.Shape[0], rows, columns, (o, r, c) =>
        {
            double sum = b[o];
            for (int i = 0; i < Channels; i++)
            {
                for (int y = 0; y < kernel; y++)
                {
                    for (int x = 0; x < kernel; x++)
                    {
                        sum += w[(((((o * Channels) + i) * kernel) + y) * kernel) + x] * this[i, (r * stride) + y - before, (c * stride) + x - before];
                    }
                }
            }

            return sum;
        });
    }

    internal PlainMap Normalize(SafetensorsTensor weight, SafetensorsTensor bias)
    {
        float[] w = weight.ToFloats(), b = bias.ToFloats();
        int size = Channels / 32 * Rows * Columns;
        double[][] groups = [.. Values.Chunk(size)];
        double[] means = [.. groups.Select(g => g.Average())];
        double[] deviations = [.. groups.Select((g, i) => Math.Sqrt(g.Average(v => (v - means[i]) * (v - means[i])) + 1e-6))];
        return Fill(Channels, Rows, Columns, (c, y, x) => ((this[c, y, x] - means[c / (Channels / 32)]) / deviations[c / (Channels / 32)] * w[c]) + b[c]);
    }

    internal PlainMap Repeat() => Fill(Channels, 2 * Rows, 2 * Columns, (c, y, x) => this[c, y / 2, x / 2]);

    /// <summary>Sum over all positions p of this map, weighted by softmax of query·key/sqrt(channels).</summary>
    internal PlainMap Attend(PlainMap query, PlainMap key)
    {
        int positions = Rows * Columns;
        double[] mixed = new double[Values.Length];
        for (int p = 0; p < positions; p++)
        {
            double[] scores = [.. Enumerable.Range(0, positions).Select(s => Enumerable.Range(0, Channels)
                .Sum(c => query.Values[(c * positions) + p] * key.Values[(c * positions) + s]) / Math.Sqrt(Channels))];
            double[] weights = [.. scores.Select(s => Math.Exp(s - scores.Max()))];
            for (int c = 0; c < Channels; c++)
            {
                mixed[(c * positions) + p] = Enumerable.Range(0, positions).Sum(s => weights[s] * Values[(c * positions) + s]) / weights.Sum();
            }
        }

        return this with { Values = mixed };
    }
}
