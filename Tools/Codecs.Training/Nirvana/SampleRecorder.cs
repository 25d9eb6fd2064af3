using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Codecs.Models.Nirvana;

namespace Codecs.Training.Nirvana;

/// <summary>Keeps what networks saw in one sequence, so that sequences can be coded at the same time and still be learned from in order.</summary>
internal sealed class SampleRecorder : ISampleSink
{
    private readonly List<(SplitNetworks.Network Network, int Inputs)> _batches = [];
    private readonly List<Vector512<int>> _inputs = [];
    private readonly List<float> _targets = [];

    /// <summary>Positions so far.</summary>
    internal int Positions { get; private set; }

    /// <inheritdoc/>
    public void Add(SplitNetworks.Network network, ReadOnlySpan<Vector512<int>> inputs, ReadOnlySpan<float> targets)
    {
        _batches.Add((network, inputs.Length));
        _inputs.AddRange(inputs);
        _targets.AddRange(targets);
        foreach (float target in targets)
        {
            Positions += float.IsNaN(target) ? 0 : 1;
        }
    }

    /// <summary>Hands everything on, in the order in which it came.</summary>
    internal void CopyTo(ISampleSink sink)
    {
        ReadOnlySpan<Vector512<int>> inputs = CollectionsMarshal.AsSpan(_inputs);
        ReadOnlySpan<float> targets = CollectionsMarshal.AsSpan(_targets);
        foreach ((SplitNetworks.Network network, int count) in _batches)
        {
            sink.Add(network, inputs[..count], targets[..ExactPerceptron.Batch]);
            inputs = inputs[count..];
            targets = targets[ExactPerceptron.Batch..];
        }
    }
}
