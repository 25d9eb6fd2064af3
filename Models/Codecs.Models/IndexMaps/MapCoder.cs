using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.IndexMaps;

/// <summary>Codes the indices of maps, one map after the other; nothing is remembered from one to the next. Not thread-safe.</summary>
/// <remarks>
/// Sites row by row, each from left to right. An index is its bits from the highest down, each mixed from the contexts of <see cref="MapContexts"/> and, with a model, of
/// <see cref="MapCalibration"/> and the logit of <see cref="MapPredictor"/>. With a model everything starts from what the model ships, without one from nothing.
/// </remarks>
internal sealed class MapCoder
{
    private const int AdaptivePrefixBits = 8, AdaptiveWeight = 18_000, AdaptiveRate = 10, ModelRate = 1;
    private readonly ExactMapModel? _model;

    /// <summary>A coder that knows nothing beforehand, for any codebook of a power of two of codes.</summary>
    internal MapCoder()
    {
        Mixer = new LogisticMixer(MapContexts.PerBit, IndexMap.MaxBits * MapContexts.Agreements, rate: AdaptiveRate);
        int[] weights = new int[Mixer.Weights.Length];
        Array.Fill(weights, AdaptiveWeight);
        Mixer.StartFrom(weights);
    }

    /// <summary>A coder with a model, for maps of up to <see cref="MapShape.Bits"/> bits.</summary>
    internal MapCoder(ExactMapModel model)
    {
        _model = model;
        Mixer = new LogisticMixer(ExactMapModel.MixerInputs, ExactMapModel.MixerSets, rate: ModelRate, refine: false);
        Mixer.StartFrom(model.Mixer);
    }

    /// <summary>The mixture, for training.</summary>
    internal LogisticMixer Mixer { get; }

    /// <summary>Most bits of an index.</summary>
    internal int MaxBits => _model is null ? IndexMap.MaxBits : MapShape.Bits;

    /// <summary>Bits that a map takes, but for the ending and check of its payload.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The map has more than <see cref="MaxBits"/> bits.</exception>
    internal double Cost(IndexMap map)
    {
        var counter = new BitCounter();
        var port = new BitCost(counter);
        Run(ref port, map.Values.ToArray(), map.Columns, map.Bits, static () => true);
        return counter.Bits;
    }

    /// <summary>Codes a map in either direction.</summary>
    /// <param name="port">Writer or reader.</param>
    /// <param name="values">Indices [rows, columns]; becomes what a reader gets.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="goOn">Asked behind every row; false leaves the rest as it is.</param>
    internal void Run<T>(ref T port, Span<ushort> values, int columns, int bits, Func<bool> goOn)
        where T : struct, IBitPort
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        MapContexts contexts = _model is null ? new MapContexts(bits, AdaptivePrefixBits) : ExactMapModel.Contexts;
        BinaryContext[] states = _model is null ? contexts.Fresh() : _model.Start.ToArray();
        Span<short> hidden = stackalloc short[MapShape.Hidden];
        Mixer.Reset();
        for (int site = 0; site < values.Length; site++)
        {
            var near = MapNeighbours.Of(values, columns, site);
            _model?.Predictor.Observe(values, columns, bits, site, hidden);
            values[site] = (ushort)Index(ref port, contexts, states, near, hidden, bits, values[site]);
            if ((site + 1) % columns == 0 && !goOn())
            {
                return;
            }
        }
    }

    private int Index<T>(
        ref T port, MapContexts contexts, Span<BinaryContext> states, in MapNeighbours near, ReadOnlySpan<short> hidden, int bits, int index)
        where T : struct, IBitPort
    {
        Span<int> selected = stackalloc int[MapContexts.PerBit + MapCalibration.PerBit];
        if (_model is null)
        {
            selected = selected[..MapContexts.PerBit];
        }

        int node = 1;
        for (int depth = 0; depth < bits; depth++)
        {
            short logit = 0;
            int agreement = contexts.Select(near, bits, node, selected);
            if (_model is not null)
            {
                logit = _model.Predictor.Logit(node, hidden);
                selected[MapContexts.PerBit] = contexts.Count + MapCalibration.Select(node, logit);
            }

            Mixer.Select((depth * MapContexts.Agreements) + agreement, 0);
            ReadOnlySpan<short> logits = _model is null ? [] : new ReadOnlySpan<short>(in logit);
            node = (node << 1) | port.Bit(Mixer, states, selected, logits, index >> (bits - 1 - depth) & 1);
        }

        return node - (1 << bits);
    }
}
