using System.Numerics;
using Codecs.Models.Exact;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>The trained part of the index model in integers: from what is known of a frame to the probability of every bit. Immutable.</summary>
/// <remarks>
/// Every code has a vector of <see cref="IndexShape.Embedding"/> small integers; sums and means of such vectors (<see cref="IndexHistory"/>) go through one
/// layer per codebook, and the result times the vector of a tree's node is the logit of that node's bit.
/// </remarks>
internal sealed class IndexPredictor
{
    /// <summary>Fraction bits of a logit: the domain of the mixer.</summary>
    internal const int LogitBits = 8;

    private const int LargestLogit = 2047;
    private readonly short[] _embedding; // [book, code, Embedding]
    private readonly IntegerPointwise[] _layers;
    private readonly short[] _nodes; // [book, node, Hidden]
    private readonly int[] _bias; // [book, node]
    private readonly int[] _shift;

    /// <summary>Reads the predictor's tensors.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing, has another size, or its sums could overflow.</exception>
    internal IndexPredictor(IntegerWeights weights)
    {
        const int books = SpeechShape.Codebooks, nodes = books * IndexShape.Nodes;
        _embedding = weights.SignedBytes("embedding", books * SpeechShape.CodebookSize * IndexShape.Embedding);
        _layers = [.. Enumerable.Range(0, books).Select(q => weights.Pointwise($"hidden.{q}", IndexShape.InputsOf(q), IndexShape.Hidden, leaky: true))];
        _nodes = weights.SignedBytes("node", nodes * IndexShape.Hidden);
        _bias = weights.Integers("node_bias", nodes);
        _shift = Array.ConvertAll(weights.Bytes("node_shift", books), s => (int)s);
        for (int q = 0; q < books; q++)
        {
            if (_shift[q] is < 1 or > 24)
            {
                throw new ModelMismatchException($"Index predictor with a shift of {_shift[q]}; expected 1 to 24. The model file is damaged.");
            }
        }

        for (int n = 0; n < nodes; n++)
        {
            long bound = Math.Abs((long)_bias[n]) + (1L << (_shift[n / IndexShape.Nodes] - 1));
            foreach (short w in _nodes.AsSpan(n * IndexShape.Hidden, IndexShape.Hidden))
            {
                bound += (long)Math.Abs((int)w) * Requantizer.Limit;
            }

            if (bound > int.MaxValue)
            {
                throw new ModelMismatchException("The index predictor's weights are too large for 32-bit sums; the model file is damaged.");
            }
        }
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
    internal short Logit(int book, int node, ReadOnlySpan<short> hidden)
    {
        int at = (book * IndexShape.Nodes) + node, shift = _shift[book];
        int sum = Dot(_nodes.AsSpan(at * IndexShape.Hidden, IndexShape.Hidden), hidden) + _bias[at] + (1 << (shift - 1));
        return (short)Math.Clamp(sum >> shift, -LargestLogit, LargestLogit);
    }

    /// <summary>Σ x·y; the bound is proved beforehand, so that the order of the sums does not matter.</summary>
    internal static int Dot(ReadOnlySpan<short> x, ReadOnlySpan<short> y)
    {
        Vector<int> sums = Vector<int>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(x[i..]), out Vector<int> xLow, out Vector<int> xHigh);
            Vector.Widen(new Vector<short>(y[i..]), out Vector<int> yLow, out Vector<int> yHigh);
            sums += (xLow * yLow) + (xHigh * yHigh);
        }

        int sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
