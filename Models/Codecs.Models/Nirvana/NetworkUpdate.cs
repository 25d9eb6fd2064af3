using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Nirvana;

/// <summary>What changes in the networks from one group to the next: for each network a flag, for each layer a flag, and the differences of its integers.</summary>
internal sealed class NetworkUpdate
{
    /// <summary>Differences are multiples of this: 1/64 of a unit.</summary>
    internal const int Unit = 1 << (ExactPerceptron.WeightBits - 6);

    /// <summary>Largest difference, in units.</summary>
    internal const int MaxDifference = 1 << 11;

    private const int LayerContexts = PerceptronShape.Layers;
    private readonly SignedIntegerModel _differences = new(MaxDifference, LayerContexts);
    private readonly BinaryContext[] _layers = new BinaryContext[LayerContexts];
    private BinaryContext _any;
    private BinaryContext _network;

    /// <summary>Codes the changes.</summary>
    /// <param name="networks">The networks so far.</param>
    /// <param name="changes">New parameters by network number, multiples of <see cref="Unit"/> away from the old ones; null for a reader.</param>
    /// <param name="port">Writer, reader or counter.</param>
    /// <returns>The networks from now on.</returns>
    internal SplitNetworks Run<TPort>(SplitNetworks networks, IReadOnlyDictionary<int, short[]>? changes, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        if (port.Bit(ref _any, changes is { Count: > 0 } ? 1 : 0) == 0)
        {
            return networks;
        }

        var changed = new List<(int, short[])>();
        for (int i = 0; i < networks.Count; i++)
        {
            short[]? parameters = changes?.GetValueOrDefault(i);
            if (port.Bit(ref _network, parameters is null ? 0 : 1) != 0)
            {
                changed.Add((i, Layers(networks[i], parameters, ref port)));
            }
        }

        return networks.With(changed);
    }

    private short[] Layers<TPort>(SplitNetworks.Network network, short[]? parameters, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        short[] result = [.. network.Parameters];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            int start = network.Shape.WeightStart(l), end = network.Shape.BiasStart(l) + network.Shape.Outputs(l);
            bool isChanged = TPort.Gives && !parameters.AsSpan(start, end - start).SequenceEqual(result.AsSpan(start, end - start));
            if (port.Bit(ref _layers[l], isChanged ? 1 : 0) == 0)
            {
                continue;
            }

            for (int i = start; i < end; i++)
            {
                int difference = port.Signed(_differences, TPort.Gives ? (parameters![i] - result[i]) / Unit : 0, l);
                result[i] = (short)Math.Clamp(result[i] + (difference * Unit), short.MinValue, short.MaxValue);
            }
        }

        return result;
    }
}
