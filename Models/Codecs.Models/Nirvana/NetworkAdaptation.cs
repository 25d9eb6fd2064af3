using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana;

/// <summary>Fits the networks of a group to its pictures where that saves more than the changed integers cost: NIRVANA's autoregressive weights.</summary>
/// <remarks>Each network is tried twice: its last layer alone, and all of it with differences that are pulled to zero. What counts is the loss with rounded
/// differences.</remarks>
internal sealed class NetworkAdaptation
{
    private const int FewestPositions = 256;
    private const float Rate = 4e-3f, Pull = 0.25f;

    // Bits of a difference that stays zero, and of one that does not, as adaptive statistics end up coding them.
    private const double ZeroBits = 0.5, ChangeBits = 3.5;
    private readonly ResidualLoss _loss;
    private readonly double _bitPrice;
    private readonly int _steps;

    /// <param name="bitPrice">Price of a bit in squared steps.</param>
    /// <param name="steps">Steps of Adam for each trial.</param>
    internal NetworkAdaptation(float bitPrice, int steps) => (_loss, _bitPrice, _steps) = (new ResidualLoss(bitPrice), bitPrice, steps);

    /// <summary>Fits networks.</summary>
    /// <param name="networks">The networks so far.</param>
    /// <param name="samples">What they saw.</param>
    /// <param name="reuse">How much of the gain is counted: above 1 when later groups will use the networks too.</param>
    /// <param name="cancellation">Stops between networks.</param>
    /// <returns>New parameters by network number, for <see cref="NetworkUpdate"/>.</returns>
    internal Dictionary<int, short[]> Run(SplitNetworks networks, NetworkFitting samples, double reuse, CancellationToken cancellation)
    {
        var changes = new Dictionary<int, short[]>();
        foreach ((int index, NetworkFitting.Fitted seen) in samples.Samples.OrderBy(s => s.Key))
        {
            cancellation.ThrowIfCancellationRequested();
            if (seen.Targets.Count < FewestPositions)
            {
                continue;
            }

            SplitNetworks.Network network = networks[index];
            double before = LossOf(network.Parameters, network.Shape, seen), best = before * reuse;
            foreach (bool whole in (bool[])[false, true])
            {
                short[] trial = Try(network, seen, whole);
                double cost = (LossOf(trial, network.Shape, seen) * reuse) + (_bitPrice * BitsOf(network, trial));
                if (cost < best)
                {
                    (best, changes[index]) = (cost, trial);
                }
            }
        }

        return changes;
    }

    private static double BitsOf(SplitNetworks.Network network, short[] trial)
    {
        double bits = 4;
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            int start = network.Shape.WeightStart(l), end = network.Shape.BiasStart(l) + network.Shape.Outputs(l);
            if (trial.AsSpan(start, end - start).SequenceEqual(network.Parameters.AsSpan(start, end - start)))
            {
                continue;
            }

            for (int i = start; i < end; i++)
            {
                int difference = Math.Abs(trial[i] - network.Parameters[i]) / NetworkUpdate.Unit;
                bits += difference == 0 ? ZeroBits : ChangeBits + (1.5 * Math.Log2(difference));
            }
        }

        return bits;
    }

    private short[] Try(SplitNetworks.Network network, NetworkFitting.Fitted seen, bool whole)
    {
        float[] start = Perceptron.ToFloats(network.Parameters);
        var fitted = new Perceptron(network.Shape, [.. start]);
        int first = whole ? 0 : network.Shape.WeightStart(PerceptronShape.Layers - 1);
        for (int s = 0; s < _steps; s++)
        {
            Visit(seen, network.Shape, (inputs, targets) => fitted.Accumulate(inputs, targets, _loss));
            float rate = Rate * (1 - (s / (float)_steps));
            fitted.Step(rate);
            start.AsSpan(0, first).CopyTo(fitted.Parameters);
            for (int i = first; whole && i < start.Length; i++)
            {
                float difference = fitted.Parameters[i] - start[i];
                fitted.Parameters[i] = start[i] + (MathF.Sign(difference) * MathF.Max(0, MathF.Abs(difference) - (Pull * rate)));
            }
        }

        return Rounded(network, fitted.Parameters);
    }

    /// <summary>The parameters nearest to fitted ones that an update can reach; the old ones of an output whose sums could overflow.</summary>
    private static short[] Rounded(SplitNetworks.Network network, float[] fitted)
    {
        short[] rounded = [.. network.Parameters];
        for (int i = 0; i < rounded.Length; i++)
        {
            int wanted = (int)MathF.Round(((fitted[i] * (1 << ExactPerceptron.WeightBits)) - rounded[i]) / NetworkUpdate.Unit);
            int limited = Math.Clamp(wanted, -NetworkUpdate.MaxDifference, NetworkUpdate.MaxDifference) * NetworkUpdate.Unit;
            rounded[i] = Math.Abs(rounded[i] + limited) <= short.MaxValue ? (short)(rounded[i] + limited) : rounded[i];
        }

        PerceptronShape shape = network.Shape;
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            for (int o = 0; o < shape.Outputs(l); o++)
            {
                Span<short> row = rounded.AsSpan(shape.WeightStart(l) + (o * shape.Inputs(l)), shape.Inputs(l));
                int sum = 0;
                foreach (short weight in row)
                {
                    sum += Math.Abs((int)weight);
                }

                if (sum >= PerceptronShape.MaxWeightSum)
                {
                    network.Parameters.AsSpan(shape.WeightStart(l) + (o * shape.Inputs(l)), row.Length).CopyTo(row);
                }
            }
        }

        return rounded;
    }

    private static double Visit(NetworkFitting.Fitted seen, PerceptronShape shape, BatchVisitor visitor)
    {
        int pairs = shape.InputCount / 2 * 4;
        ReadOnlySpan<Vector512<int>> inputs = CollectionsMarshal.AsSpan(seen.Inputs);
        ReadOnlySpan<float> targets = CollectionsMarshal.AsSpan(seen.Targets);
        double sum = 0;
        for (int b = 0; b < targets.Length / ExactPerceptron.Batch; b++)
        {
            sum += visitor(inputs.Slice(b * pairs, pairs), targets.Slice(b * ExactPerceptron.Batch, ExactPerceptron.Batch));
        }

        return sum;
    }

    private double LossOf(short[] parameters, PerceptronShape shape, NetworkFitting.Fitted seen)
    {
        var network = new Perceptron(shape, Perceptron.ToFloats(parameters));
        return Visit(seen, shape, (inputs, targets) => network.Evaluate(inputs, targets, _loss));
    }

    private delegate double BatchVisitor(ReadOnlySpan<Vector512<int>> inputs, ReadOnlySpan<float> targets);
}
