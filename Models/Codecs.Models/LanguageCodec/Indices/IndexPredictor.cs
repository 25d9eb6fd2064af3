using Codecs.Models.Codebooks;
using Codecs.Models.Exact;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>The trained part of the index model in integers: from what is known of a frame to the probability of every bit. Immutable.</summary>
/// <remarks>
/// Every code has a vector of <see cref="IndexShape.Embedding"/> small integers; sums and means of such vectors (<see cref="IndexHistory"/>) go through one
/// layer per codebook, and the result times the vector of a tree's node is the logit of that node's bit.
/// </remarks>
internal sealed class IndexPredictor
{
    private readonly short[] _embedding; // [book, code, Embedding]
    private readonly IntegerPointwise[] _layers;
    private readonly NodeLogits[] _trees;

    /// <summary>Reads the predictor's tensors.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing, has another size, or its sums could overflow.</exception>
    internal IndexPredictor(IntegerWeights weights)
    {
        const int books = SpeechShape.Codebooks, nodes = books * IndexShape.Nodes;
        _embedding = weights.SignedBytes("embedding", books * SpeechShape.CodebookSize * IndexShape.Embedding);
        _layers = [.. Enumerable.Range(0, books).Select(q => weights.Pointwise($"hidden.{q}", IndexShape.InputsOf(q), IndexShape.Hidden, leaky: true))];
        short[] vectors = weights.SignedBytes("node", nodes * IndexShape.Hidden);
        int[] bias = weights.Integers("node_bias", nodes);
        byte[] shift = weights.Bytes("node_shift", books);
        _trees = [.. Enumerable.Range(0, books).Select(q => new NodeLogits(PartOf(vectors, q), PartOf(bias, q), shift[q]))];
    }

    /// <summary>The vector of a code.</summary>
    internal ReadOnlySpan<short> Embedding(int book, int code) =>
        _embedding.AsSpan(((book * SpeechShape.CodebookSize) + code) * IndexShape.Embedding, IndexShape.Embedding);

    /// <summary>The hidden units of a codebook.</summary>
    /// <param name="book">The codebook.</param>
    /// <param name="inputs">As many as <see cref="IndexShape.InputsOf"/> says.</param>
    /// <param name="hidden">Receives <see cref="IndexShape.Hidden"/> values.</param>
    internal void Observe(int book, ReadOnlySpan<short> inputs, Span<short> hidden) => _layers[book].Apply(inputs, hidden);

    /// <summary>256 ln(p / (1 - p)) for the probability p that a node's bit is 0, in ±2047.</summary>
    internal short Logit(int book, int node, ReadOnlySpan<short> hidden) => _trees[book].At(node, hidden);

    private static T[] PartOf<T>(T[] values, int book)
    {
        int size = values.Length / SpeechShape.Codebooks;
        return values[(book * size)..((book + 1) * size)];
    }
}
