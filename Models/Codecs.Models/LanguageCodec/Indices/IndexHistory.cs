namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>What the predictor sees while a payload is coded: sums of code vectors, moved on frame by frame.</summary>
/// <remarks>
/// Inputs, each <see cref="IndexShape.Embedding"/> values: the sum over all codebooks up to the payload's last in the frame before; the same two frames before;
/// two running means of it, m with S += sum - (S >> k), m = S >> k, k = 3 and 6; the sum over the codebooks of this frame that are known; and, but for the first
/// payload, the sum over the codebooks of earlier payloads in the next frame. Everything outside the unit is 0.
/// </remarks>
internal sealed class IndexHistory(IndexPredictor predictor)
{
    private const int Size = IndexShape.Embedding, Before = 0, MeansAt = 2 * Size, NowAt = 4 * Size, NextAt = 5 * Size;
    private readonly short[] _inputs = new short[6 * Size];
    private readonly int[] _means = new int[IndexShape.MeanShifts.Length * Size];

    /// <summary>The inputs for a codebook.</summary>
    internal ReadOnlySpan<short> InputsOf(int book) => _inputs.AsSpan(0, IndexShape.InputsOf(book));

    /// <summary>Forgets everything: the start of a payload.</summary>
    internal void Reset()
    {
        Array.Clear(_inputs);
        Array.Clear(_means);
    }

    /// <summary>Begins a frame.</summary>
    /// <param name="now">The frame's codes.</param>
    /// <param name="next">The next frame's codes; empty behind the unit.</param>
    /// <param name="known">How many codebooks earlier payloads told.</param>
    internal void Begin(ReadOnlySpan<short> now, ReadOnlySpan<short> next, int known)
    {
        _inputs.AsSpan(NowAt).Clear();
        for (int q = 0; q < known; q++)
        {
            Add(NowAt, q, now[q]);
            if (next.Length > 0)
            {
                Add(NextAt, q, next[q]);
            }
        }
    }

    /// <summary>Learns a code of this frame.</summary>
    internal void Learn(int book, int code) => Add(NowAt, book, code);

    /// <summary>Ends a frame: it becomes the one before.</summary>
    internal void End()
    {
        Span<short> inputs = _inputs;
        inputs.Slice(Before, Size).CopyTo(inputs[Size..]);
        inputs.Slice(NowAt, Size).CopyTo(inputs[Before..]);
        for (int m = 0; m < IndexShape.MeanShifts.Length; m++)
        {
            int shift = IndexShape.MeanShifts[m];
            for (int i = 0; i < Size; i++)
            {
                ref int mean = ref _means[(m * Size) + i];
                mean += inputs[NowAt + i] - (mean >> shift);
                inputs[MeansAt + (m * Size) + i] = (short)(mean >> shift);
            }
        }
    }

    private void Add(int at, int book, int code)
    {
        ReadOnlySpan<short> vector = predictor.Embedding(book, code);
        Span<short> sum = _inputs.AsSpan(at, Size);
        for (int i = 0; i < Size; i++)
        {
            sum[i] += vector[i];
        }
    }
}
