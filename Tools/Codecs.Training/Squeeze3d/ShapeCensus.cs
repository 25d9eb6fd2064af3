using Codecs.Models;
using Codecs.Models.Exact;
using Codecs.Models.Squeeze3d;

namespace Codecs.Training.Squeeze3d;

/// <summary>Finds the tables that suit codes and residuals: scales from magnitudes, offsets of the classes from the bits that they save.</summary>
internal static class ShapeCensus
{
    private const float BitPrice = 0.13f, SmallestScale = 1e-3f;
    private const int MostOffset = 16;
    private const long BytesOfAll = 200 << 20;
    private static readonly int[] s_steps = [14, 18, 22, 26, 30];

    /// <summary>Statistics of codes and residuals.</summary>
    /// <param name="networks">Frozen networks.</param>
    /// <param name="volumes">What to learn from.</param>
    internal static ShapeStatistics Learn(ShapeNetworks networks, IReadOnlyList<float[]> volumes)
    {
        using var pause = CollectionPause.Start(BytesOfAll); // one for all: each begins with a collection
        var tables = LaplaceTables.Create();
        short[] expected = [.. Enumerable.Range(0, LaplaceTables.Count).Select(t => (short)Math.Min(short.MaxValue, Math.Round(ShapeStatistics.ExpectedUnit * MeanMagnitude(tables, t))))];
        float[][] codes = [.. volumes.Select(networks.Encode)];
        var statistics = new ShapeStatistics(
            tables, expected, Scales(codes, ShapeCode.Length), new short[ShapeStatistics.CodeClasses], new byte[ShapeCode.LatentLength], new short[ShapeStatistics.ResidualClasses]);

        // Residuals are those of codes that were quantised as finely as they are: their scale in steps hardly depends on the step where codes are short.
        int middle = s_steps[s_steps.Length / 2];
        var coder = new ShapeCoder(statistics);
        float[][] residuals = [.. volumes.Select((v, i) => networks.Residual(v, middle, coder.QuantizeCode(codes[i], middle, BitPrice)))];
        statistics = statistics with { ResidualScales = Scales(residuals, ShapeCode.LatentLength) };
        for (int pass = 0; pass < 2; pass++)
        {
            statistics = statistics with { CodeOffsets = CodeOffsets(statistics, codes) };
        }

        return statistics with { ResidualOffsets = ResidualOffsets(statistics, networks, volumes, codes) };
    }

    private static double MeanMagnitude(LaplaceTables tables, int table)
    {
        double sum = 0;
        int symbols = tables.Tables.SymbolCount(table), offset = tables.Tables.Offset(table);
        for (int s = 0; s < symbols - 1; s++)
        {
            sum += Math.Abs(s + offset) * (double)tables.Tables.Frequency(table, s) / (1 << tables.Tables.Precision);
        }

        return sum;
    }

    // Table 32 has a scale of half a step; the step of index 0 is the smallest.
    private static byte[] Scales(float[][] values, int length)
    {
        byte[] scales = new byte[length];
        for (int i = 0; i < length; i++)
        {
            double scale = Math.Max(SmallestScale, values.Average(v => Math.Abs(v[i]))) / ShapeSymbols.SizeOf(0);
            scales[i] = (byte)Math.Clamp(Math.Round(LaplaceTables.Middle + (Math.Log(2 * scale) * (1 << LaplaceTables.PerNepBits))), 0, byte.MaxValue);
        }

        return scales;
    }

    private static short[] CodeOffsets(ShapeStatistics statistics, float[][] codes)
    {
        var costs = new OffsetCosts(ShapeStatistics.CodeClasses, statistics.Tables);
        var coder = new ShapeCoder(statistics);
        foreach (int step in s_steps)
        {
            foreach (float[] code in codes)
            {
                int[] symbols = coder.QuantizeCode(code, step, BitPrice);
                int end = Array.FindLastIndex(symbols, s => s != 0) + 1;
                var past = new ShapeCoder.Past(statistics);
                for (int i = 0; i < end; i++)
                {
                    int table = statistics.CodeTable(i, step, past.Class);
                    costs.Add(past.Class, statistics.CodeScales[i] - step, symbols[i]);
                    past.Add(symbols[i], table);
                }
            }
        }

        return costs.Best();
    }

    private static short[] ResidualOffsets(ShapeStatistics statistics, ShapeNetworks networks, IReadOnlyList<float[]> volumes, float[][] codes)
    {
        var costs = new OffsetCosts(ShapeStatistics.ResidualClasses, statistics.Tables);
        var coder = new ShapeCoder(statistics);
        foreach (int step in s_steps.Take(3))
        {
            for (int v = 0; v < volumes.Count; v += 4)
            {
                float[] residual = networks.Residual(volumes[v], step, coder.QuantizeCode(codes[v], step, BitPrice));
                int[] symbols = coder.QuantizeResidual(residual, step, BitPrice);
                int end = FrequencyOrder.Places.Length;
                while (end > 0 && symbols[FrequencyOrder.Places[end - 1]] == 0)
                {
                    end--;
                }

                foreach (int place in FrequencyOrder.Places.AsSpan(0, end))
                {
                    costs.Add(ShapeCoder.ResidualClass(symbols, place), statistics.ResidualScales[place] - step, symbols[place]);
                }
            }
        }

        return costs.Best();
    }

    /// <summary>What symbols of each class would cost under each offset.</summary>
    private sealed class OffsetCosts(int classes, LaplaceTables tables)
    {
        private readonly double[,] _bits = new double[classes, (2 * MostOffset) + 1];

        internal void Add(int context, int table, int symbol)
        {
            for (int o = -MostOffset; o <= MostOffset; o++)
            {
                _bits[context, o + MostOffset] += tables.Cost(Math.Clamp(table + o, 0, LaplaceTables.Count - 1), Math.Abs(symbol));
            }
        }

        internal short[] Best() => [.. Enumerable.Range(0, classes).Select(c => (short)(Enumerable.Range(0, (2 * MostOffset) + 1).MinBy(o => _bits[c, o]) - MostOffset))];
    }
}
