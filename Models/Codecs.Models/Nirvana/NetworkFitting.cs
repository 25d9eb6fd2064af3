using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana;

/// <summary>Fits networks to what they saw while pictures were coded.</summary>
internal sealed class NetworkFitting : ISampleSink
{
    private readonly Dictionary<int, Fitted> _fitted = [];
    private readonly Func<SplitNetworks.Network, bool> _wanted;

    /// <param name="wanted">Which networks to fit; null for all.</param>
    internal NetworkFitting(Func<SplitNetworks.Network, bool>? wanted = null) => _wanted = wanted ?? (static _ => true);

    /// <inheritdoc/>
    public void Add(SplitNetworks.Network network, ReadOnlySpan<Vector512<int>> inputs, ReadOnlySpan<float> targets)
    {
        if (!_wanted(network))
        {
            return;
        }

        Fitted fitted = Find(network);
        fitted.Inputs.AddRange(inputs);
        fitted.Targets.AddRange(targets);
    }

    /// <summary>The floats of a network, which begin as its integers.</summary>
    internal Perceptron Of(SplitNetworks.Network network) => Find(network).Network;

    /// <summary>The networks that have seen something or were asked for.</summary>
    internal IEnumerable<(int Index, Perceptron Network)> Networks => _fitted.OrderBy(f => f.Key).Select(f => (f.Key, f.Value.Network));

    /// <summary>Networks and samples by network number.</summary>
    internal IReadOnlyDictionary<int, Fitted> Samples => _fitted;

    /// <summary>One step of each network along the gradient over all samples.</summary>
    /// <param name="loss">How outputs are judged.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="fewest">Networks that have seen fewer positions since their last step wait for more.</param>
    /// <param name="threads">Networks that work at a time; the result is the same for any number.</param>
    /// <returns>The loss summed over all positions, in squared steps.</returns>
    internal double Step(ResidualLoss loss, float rate, int fewest = 1, int threads = 1)
    {
        Fitted[] fitted = [.. _fitted.OrderBy(f => f.Key).Select(f => f.Value)];
        double[] sums = new double[fitted.Length];
        Parallel.For(0, fitted.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => sums[i] = Step(fitted[i], loss, rate, fewest));
        return sums.Sum();
    }

    /// <summary>Forgets the samples, keeps networks and momenta.</summary>
    internal void Forget()
    {
        foreach (Fitted fitted in _fitted.Values)
        {
            fitted.Inputs.Clear();
            fitted.Targets.Clear();
        }
    }

    private static double Step(Fitted fitted, ResidualLoss loss, float rate, int fewest)
    {
        double sum = 0;
        int pairs = (fitted.Network.Shape.InputCount + 1) / 2 * 4;
        ReadOnlySpan<Vector512<int>> inputs = CollectionsMarshal.AsSpan(fitted.Inputs);
        ReadOnlySpan<float> targets = CollectionsMarshal.AsSpan(fitted.Targets);
        for (int b = 0; b < targets.Length / ExactPerceptron.Batch; b++)
        {
            sum += fitted.Network.Accumulate(
                inputs.Slice(b * pairs, pairs), targets.Slice(b * ExactPerceptron.Batch, ExactPerceptron.Batch), loss);
        }

        if (fitted.Network.Positions >= fewest)
        {
            fitted.Network.Step(rate);
        }

        return sum;
    }

    private Fitted Find(SplitNetworks.Network network)
    {
        ref Fitted? fitted = ref CollectionsMarshal.GetValueRefOrAddDefault(_fitted, network.Index, out _);
        return fitted ??= new Fitted(new Perceptron(network.Shape, Perceptron.ToFloats(network.Parameters)));
    }

    /// <summary>A network and what it has seen.</summary>
    internal sealed record Fitted(Perceptron Network)
    {
        internal List<Vector512<int>> Inputs { get; } = [];

        internal List<float> Targets { get; } = [];
    }
}
