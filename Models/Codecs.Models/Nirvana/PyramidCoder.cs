using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Codecs.Models.Exact;

namespace Codecs.Models.Nirvana;

/// <summary>Codes one plane from its coarsest mean to its samples: each step's networks predict half differences and how far off they may be.</summary>
/// <remarks>
/// A conditional form of the S transform (Said, Pearlman, 1996): the prediction may look at everything decoded so far and at the motion-compensated prediction.
/// All of it is integer arithmetic, so decoders cannot drift apart from the encoder, whatever they run on.
/// </remarks>
internal sealed class PyramidCoder
{
    private const int MostPairs = 32, MostHidden = 80;
    private readonly LaplaceTables _tables;
    private readonly Vector512<int>[] _inputs = new Vector512<int>[MostPairs * 4];
    private readonly Vector512<int>[] _hidden = new Vector512<int>[MostHidden / 2 * 4];
    private readonly int[] _means = new int[ExactPerceptron.Batch];
    private readonly int[] _scales = new int[ExactPerceptron.Batch];
    private readonly int[] _starts = new int[4];
    private readonly (int X, int Y)[] _places = new (int, int)[4];

    internal PyramidCoder(SplitNetworks networks, LaplaceTables tables) => (Networks, _tables) = (networks, tables);

    /// <summary>The networks in force.</summary>
    internal SplitNetworks Networks { get; set; }

    /// <summary>Receives what the networks saw and what they should have said; null outside of fitting.</summary>
    internal ISampleSink? Samples { get; set; }

    /// <summary>Receives the bits of each patch and of what lies above patches, by patch number; null where nobody asks.</summary>
    internal float[]? PatchBits { get; set; }

    /// <summary>The encoder's price of a bit, in squared steps.</summary>
    internal float BitPrice { get; set; } = UsualBitPrice;

    /// <summary>The price that the shipped networks were fitted with.</summary>
    internal const float UsualBitPrice = 0.13f;

    /// <summary>Codes a plane.</summary>
    /// <param name="plane">What is known of it.</param>
    /// <param name="source">The samples to code, margins extended; null for a reader.</param>
    /// <param name="port">Where the symbols go or come from.</param>
    /// <returns>The decoded plane.</returns>
    internal Grid Run<TPort>(PlaneContext plane, Grid? source, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        Split[] steps = plane.Steps;
        Grid[]? pyramid = source is null ? null : Pyramid(steps, source);
        Grid mean = Root(plane, pyramid?[^1], ref port);
        Grid? parent = null, grandparent = null;
        for (int k = steps.Length - 1; k >= 0; k--)
        {
            Split step = steps[k];
            Grid?[] sources = plane.Sources(k);
            Grid halves = Grid.Create(step.CoarseWidth, step.CoarseHeight), residuals = Grid.Create(step.CoarseWidth, step.CoarseHeight);
            sources[(int)FeatureSource.Mean] = mean;
            sources[(int)FeatureSource.Half] = halves;
            sources[(int)FeatureSource.Residual] = residuals;
            sources[(int)FeatureSource.Parent] = parent ?? plane.Zeros(k);
            sources[(int)FeatureSource.Grandparent] = grandparent ?? plane.Zeros(k);
            bool[]? skipped = plane.Skipped(k);
            if (skipped is not null)
            {
                CopyWhere(skipped, sources[(int)FeatureSource.ReferenceHalf]!, halves);
            }

            Grid? wanted = pyramid is null ? null : step.Halves(pyramid[k]);
            for (int phase = 0; phase < 2; phase++)
            {
                Phase(plane, k, phase, sources, skipped, wanted, ref port);
            }

            mean = step.Join(mean, halves);
            (parent, grandparent) = (step.Spread(residuals), parent is null ? null : step.Repeat(parent));
        }

        return mean;
    }

    /// <summary>A plane and its means, the finest first.</summary>
    internal static Grid[] Pyramid(Split[] steps, Grid plane)
    {
        var levels = new Grid[steps.Length + 1];
        levels[0] = plane;
        for (int k = 0; k < steps.Length; k++)
        {
            levels[k + 1] = steps[k].Coarse(levels[k]);
        }

        return levels;
    }

    private static Grid Root<TPort>(PlaneContext plane, Grid? source, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        (int width, int height) = plane.RootSize;
        Grid root = Grid.Create(width, height);
        Grid? reference = plane.RootReference;
        int step = QuantizerSteps.Of(plane.RateIndex, plane.Steps.Length - 1);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = root.IndexOf(x, y);
                int prediction = reference is not null ? reference.Samples[at]
                    : x > 0 && y > 0 ? (root.Samples[at - 1] + root.Samples[at - root.Stride]) >> 1
                    : x > 0 ? root.Samples[at - 1] : y > 0 ? root.Samples[at - root.Stride] : 0;
                int value = source is null ? 0 : (int)Math.Round((source.Samples[at] - prediction) / (double)step);
                value = port.Signed(plane.Roots, value, reference is null ? 0 : 1);
                root.Samples[at] = (short)Math.Clamp(prediction + ((long)value * step), -4096, 4095);
            }
        }

        root.Extend();
        return root;
    }

    private static void CopyWhere(bool[] mask, Grid from, Grid to)
    {
        for (int y = 0; y < to.Height; y++)
        {
            Span<short> row = to.Row(y);
            ReadOnlySpan<short> source = from.Row(y);
            ReadOnlySpan<bool> wanted = mask.AsSpan(y * to.Width, to.Width);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = wanted[x] ? source[x] : (short)0;
            }
        }
    }

    private void Phase<TPort>(PlaneContext plane, int k, int phase, Grid?[] sources, bool[]? skipped, Grid? wanted, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        Split split = plane.Steps[k];
        SplitNetworks.Network network = Networks.Get(plane.Kind, plane.Plane, k, phase);
        int step = QuantizerSteps.Of(plane.RateIndex, k);
        var gatherer = new FeatureGatherer(network.Features, sources, split.Horizontal, step, plane.Scalars);
        var batch = new BatchContext(split, sources[(int)FeatureSource.Half]!, sources[(int)FeatureSource.Residual]!, wanted, skipped, step, k, phase, network);
        int columns = split.Horizontal ? split.Width / 2 : split.CoarseWidth, rows = split.Horizontal ? split.CoarseHeight : split.Height / 2;
        int filled = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x += 32)
            {
                if (skipped is not null && !skipped.AsSpan((y * split.CoarseWidth) + x, Math.Min(32, columns - x)).Contains(false))
                {
                    continue;
                }

                _places[filled] = (x, y);
                gatherer.Gather(batch.Halves.IndexOf(x, y), ((y + phase) & 1) != 0, filled, _inputs);
                if (++filled == 4)
                {
                    Flush(plane, batch, filled, columns, gatherer.Pairs, ref port);
                    filled = 0;
                }
            }
        }

        if (filled > 0)
        {
            Flush(plane, batch, filled, columns, gatherer.Pairs, ref port);
        }
    }

    private void Flush<TPort>(PlaneContext plane, in BatchContext batch, int vectors, int columns, int pairs, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        batch.Network.Exact.Run(_inputs, _hidden, _means, _scales);
        Span<float> targets = stackalloc float[ExactPerceptron.Batch];
        targets.Fill(float.NaN);
        for (int v = 0; v < vectors; v++)
        {
            (int x0, int y) = _places[v];
            for (int lane = 0; lane < 16; lane++)
            {
                int x = x0 + (2 * lane) + ((y + batch.Phase) & 1);
                if (x >= columns || (batch.Skipped is not null && batch.Skipped[(y * batch.Split.CoarseWidth) + x]))
                {
                    continue;
                }

                int at = batch.Halves.IndexOf(x, y), position = (v * 16) + lane;
                int mean = Mean(_means[position], batch.Step);
                int table = Table(_scales[position]);
                int value = 0;
                if (TPort.Gives)
                {
                    int target = batch.Wanted!.Samples[at];
                    value = Quantize(target - mean, batch.Step, table);
                    targets[position] = (float)target / (2 * batch.Step);
                }

                value = port.Residual(value, table);
                if (TPort.Gives && PatchBits is not null)
                {
                    PatchBits[plane.PatchOf(batch.K, x, y)] += _tables.Cost(table, Math.Abs(value));
                }

                int residual = Dequantize(value, batch.Step, table);
                batch.Residuals.Samples[at] = (short)Math.Clamp(residual, -8191, 8191);
                batch.Halves.Samples[at] = (short)Math.Clamp(mean + residual, -8191, 8191);
            }
        }

        Samples?.Add(batch.Network, _inputs.AsSpan(0, pairs * 4), targets);
    }

    /// <summary>The predicted half difference: the network's output is in units of two steps, 17 fractional bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Mean(int output, int step) => (int)Math.Clamp((((long)output * step) + (1 << 15)) >> 16, -8191, 8191);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Table(int output) => Math.Clamp(
        LaplaceTables.Middle + ((output + (1 << (16 - LaplaceTables.PerNepBits))) >> (17 - LaplaceTables.PerNepBits)), 0, LaplaceTables.Count - 1);

    private int Quantize(int residual, int step, int table)
    {
        float magnitude = Math.Abs(residual) / (float)step;
        int low = (int)magnitude;
        float below = magnitude - low;
        float atLow = (below * below) + (BitPrice * _tables.Cost(table, low)), atHigh = ((1 - below) * (1 - below)) + (BitPrice * _tables.Cost(table, low + 1));
        int best = atLow <= atHigh ? low : low + 1;
        if (best > 1 && (magnitude * magnitude) + (BitPrice * _tables.Cost(table, 0)) < Math.Min(atLow, atHigh))
        {
            best = 0;
        }

        return residual < 0 ? -best : best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Dequantize(int value, int step, int table)
    {
        int magnitude = Math.Abs(value);
        if (magnitude == 0)
        {
            return 0;
        }

        int residual = (Math.Min(magnitude, 1 << 14) * step) - ((step * _tables.Biases[table]) >> 7);
        return value < 0 ? -residual : residual;
    }

    private readonly record struct BatchContext(
        Split Split, Grid Halves, Grid Residuals, Grid? Wanted, bool[]? Skipped, int Step, int K, int Phase, SplitNetworks.Network Network);
}
