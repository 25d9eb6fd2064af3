using Codecs.EntropyCoding;
using Codecs.Models.Codebooks;
using Codecs.Models.Exact;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>Codes the indices of a unit, payload by payload. Every payload starts from the shipped states. Not thread-safe.</summary>
/// <remarks>
/// <para>Indices are [frames, 8], frame by frame, in the order of <see cref="CodebookOrder"/>. Payload 0 holds codebooks 0 to 2, frame by frame; payload p from 1 on
/// codebook p + 2, for which those before must be known. So the last payloads can be left away.</para>
/// <para>An index is ten bits from the highest down, each mixed from five contexts (<see cref="IndexContexts"/>) and the predictor (<see cref="IndexPredictor"/>)
/// with the weights of (codebook, depth, steadiness).</para>
/// </remarks>
internal sealed class IndexCoder
{
    private const int MixerRate = 1, Books = SpeechShape.Codebooks;
    private readonly ExactIndexModel _model;
    private readonly IndexHistory _history;
    private readonly BinaryContext[] _contexts = new BinaryContext[SpeechShape.FewestCodebooks * IndexContexts.PerBook];
    private readonly short[] _hidden = new short[IndexShape.Hidden];

    internal IndexCoder(ExactIndexModel model, ReadOnlySpan<int> mixer)
    {
        _model = model;
        _history = new IndexHistory(model.Predictor);
        Mixer = new LogisticMixer(ExactIndexModel.MixerInputs, ExactIndexModel.MixerSets, rate: MixerRate, refine: false);
        Mixer.StartFrom(mixer);
    }

    /// <summary>The mixture, for training.</summary>
    internal LogisticMixer Mixer { get; }

    /// <summary>Writes a payload.</summary>
    /// <param name="encoder">Where it goes.</param>
    /// <param name="codes">Indices [frames, 8]; those of later payloads do not matter.</param>
    /// <param name="payload">Which one, 0..5.</param>
    /// <exception cref="ArgumentException">The indices are not whole frames, or one is outside 0..1023.</exception>
    internal void Encode(RangeEncoder encoder, ReadOnlySpan<short> codes, int payload)
    {
        var port = new BitWriter(encoder);
        Run(ref port, codes.ToArray(), payload, IndexShape.BooksOf(payload).End);
    }

    /// <summary>Reads a payload. Damage never throws: <see cref="RangeDecoder.Finish"/> tells of it afterwards.</summary>
    /// <param name="decoder">Where it comes from.</param>
    /// <param name="codes">Indices [frames, 8], those of earlier payloads filled in; receives this payload's.</param>
    /// <param name="payload">Which one, 0..5.</param>
    /// <exception cref="ArgumentException">The indices are not whole frames, or one of an earlier payload is outside 0..1023.</exception>
    internal void Decode(RangeDecoder decoder, Span<short> codes, int payload)
    {
        var port = new BitReader(decoder);
        Run(ref port, codes, payload, IndexShape.BooksOf(payload).First);
    }

    /// <summary>Bits that a payload takes, but for its ending and check.</summary>
    /// <param name="codes">Indices [frames, 8]; those of later payloads do not matter.</param>
    /// <param name="payload">Which one, 0..5.</param>
    /// <exception cref="ArgumentException">The indices are not whole frames, or one is outside 0..1023.</exception>
    internal double Cost(ReadOnlySpan<short> codes, int payload)
    {
        var counter = new BitCounter();
        var port = new BitCost(counter);
        Run(ref port, codes.ToArray(), payload, IndexShape.BooksOf(payload).End);
        return counter.Bits;
    }

    /// <summary>Codes a payload in either direction.</summary>
    /// <param name="port">Writer or reader.</param>
    /// <param name="codes">Indices [frames, 8].</param>
    /// <param name="payload">Which one.</param>
    /// <param name="given">Codebooks whose indices are given, to be checked.</param>
    internal void Run<T>(ref T port, Span<short> codes, int payload, int given)
        where T : struct, IBitPort
    {
        (int first, int end) = IndexShape.BooksOf(payload);
        Check(codes, given);
        Mixer.Reset();
        _history.Reset();
        for (int q = first; q < end; q++)
        {
            _model.StartOf(q).CopyTo(_contexts.AsSpan((q - first) * IndexContexts.PerBook));
        }

        Span<short> zeros = stackalloc short[Books];
        zeros.Clear();
        int run = 0;
        for (int t = 0; t < codes.Length; t += Books)
        {
            Span<short> now = codes.Slice(t, Books);
            ReadOnlySpan<short> before = t < Books ? zeros : codes.Slice(t - Books, Books), twoBefore = t < 2 * Books ? zeros : codes.Slice(t - (2 * Books), Books);
            _history.Begin(now, t + Books < codes.Length ? codes.Slice(t + Books, Books) : [], first);
            for (int q = first; q < end; q++)
            {
                int sameBelow = now[..q].SequenceEqual(before[..q]) ? 1 : 0;
                var near = new IndexContexts.Surroundings(before[q], twoBefore[q], q > 0 ? now[q - 1] : twoBefore[q], run, sameBelow);
                _model.Predictor.Observe(q, _history.InputsOf(q), _hidden);
                now[q] = (short)Index(ref port, q, (q - first) * IndexContexts.PerBook, near, now[q]);
                _history.Learn(q, now[q]);
            }

            _history.End();
            run = now[..end].SequenceEqual(before[..end]) ? Math.Min(run + 1, IndexContexts.LongestRun) : 0;
        }
    }

    private int Index<T>(ref T port, int book, int contexts, in IndexContexts.Surroundings near, int index)
        where T : struct, IBitPort
    {
        Span<int> selected = stackalloc int[IndexContexts.PerBit];
        int node = 1;
        for (int depth = 0; depth < SpeechShape.IndexBits; depth++)
        {
            short logit = _model.Predictor.Logit(book, node, _hidden);
            int steadiness = IndexContexts.Select(contexts, near, node, logit, selected);
            Mixer.Select((((book * SpeechShape.IndexBits) + depth) * ExactIndexModel.Steadiness) + steadiness, 0);
            int bit = port.Bit(Mixer, _contexts, selected, new ReadOnlySpan<short>(in logit), index >> (SpeechShape.IndexBits - 1 - depth) & 1);
            node = (node << 1) | bit;
        }

        return node - IndexShape.Nodes;
    }

    private static void Check(ReadOnlySpan<short> codes, int given)
    {
        if (codes.Length % Books != 0)
        {
            throw new ArgumentException($"{codes.Length} indices are not whole frames of {Books}.", nameof(codes));
        }

        for (int i = 0; i < codes.Length; i++)
        {
            if (i % Books < given && (uint)codes[i] >= SpeechShape.CodebookSize)
            {
                throw new ArgumentOutOfRangeException(nameof(codes), codes[i], $"Indices lie in 0..{SpeechShape.CodebookSize - 1}.");
            }
        }
    }
}
