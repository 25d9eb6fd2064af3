using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>Everything that decides how codebook indices are parsed: integer predictor, start states of contexts and mixture. Needs no torch. Thread-safe.</summary>
internal sealed class ExactIndexModel
{
    /// <summary>Weight sets of the mixture: for each codebook and depth, three states of steadiness.</summary>
    internal const int MixerSets = SpeechShape.Codebooks * SpeechShape.IndexBits * Steadiness;

    /// <summary>Inputs of the mixture: the contexts and the predictor.</summary>
    internal const int MixerInputs = IndexContexts.PerBit + 1;

    internal const int Steadiness = 3;

    private readonly BinaryContext[] _start; // [book, PerBook]
    private readonly int[] _mixer; // [book, depth, steadiness, input]

    /// <summary>Reads the <c>entropy.*</c> tensors of a weight file.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing, has another size, or its sums could overflow.</exception>
    internal ExactIndexModel(SafetensorsFile file)
    {
        var weights = new IntegerWeights(file, ModelWeights.EntropyPrefix);
        Predictor = new IndexPredictor(weights);
        _start = IndexContexts.Read(weights.Shorts("start", SpeechShape.Codebooks * IndexContexts.PerBook));
        _mixer = weights.Integers("mixer", MixerSets * MixerInputs);
    }

    internal IndexPredictor Predictor { get; }

    /// <summary>Start states of a codebook's contexts.</summary>
    internal ReadOnlySpan<BinaryContext> StartOf(int book) => _start.AsSpan(book * IndexContexts.PerBook, IndexContexts.PerBook);

    /// <summary>A coder for one thread; it can code any number of payloads.</summary>
    internal IndexCoder CreateCoder() => new(this, _mixer);
}
