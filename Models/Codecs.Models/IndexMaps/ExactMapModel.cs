using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;

namespace Codecs.Models.IndexMaps;

/// <summary>Everything that decides how index maps are parsed: integer predictor, start states of contexts and mixture. Needs no torch. Thread-safe.</summary>
internal sealed class ExactMapModel
{
    /// <summary>Inputs of the mixture: the contexts, those of the calibration included, and the predictor.</summary>
    internal const int MixerInputs = MapContexts.PerBit + MapCalibration.PerBit + 1;

    /// <summary>Weight sets of the mixture: for each depth the classes of agreement.</summary>
    internal const int MixerSets = MapShape.Bits * MapContexts.Agreements;

    /// <summary>Contexts of the model, those of the calibration behind the others.</summary>
    internal static int ContextCount => Contexts.Count + MapCalibration.Count;

    private const int PrefixBits = 6;
    private readonly BinaryContext[] _start;
    private readonly int[] _mixer; // [depth, agreement, input]

    /// <summary>Reads the <c>entropy.*</c> tensors of a weight file.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing, has another size, or its sums could overflow.</exception>
    internal ExactMapModel(SafetensorsFile file)
    {
        var weights = new IntegerWeights(file, ModelWeights.EntropyPrefix);
        Predictor = new MapPredictor(weights);
        short[] start = weights.Shorts("start", ContextCount);
        _start = [.. Contexts.Read(start.AsSpan(0, Contexts.Count)), .. MapCalibration.Read(start.AsSpan(Contexts.Count))];
        _mixer = weights.Integers("mixer", MixerSets * MixerInputs);
    }

    /// <summary>The contexts that the model shares with coding without a model.</summary>
    internal static MapContexts Contexts { get; } = new(MapShape.Bits, PrefixBits);

    /// <summary>The predictor.</summary>
    internal MapPredictor Predictor { get; }

    /// <summary>Start states of the contexts.</summary>
    internal ReadOnlySpan<BinaryContext> Start => _start;

    /// <summary>Start weights of the mixture.</summary>
    internal ReadOnlySpan<int> Mixer => _mixer;

    /// <summary>A coder for one thread; it can code any number of maps.</summary>
    internal MapCoder CreateCoder() => new(this);
}
