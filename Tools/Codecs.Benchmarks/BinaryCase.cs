using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>BAC in the <c>entropy</c> table: bits with the context of their first hint, or mixed from the contexts of both, of their pair and of none.</summary>
internal sealed class BinaryCase : EntropyCase
{
    private const int Inputs = 4;

    private readonly BitSource _source;
    private readonly bool _mixed;
    private readonly ArrayBufferWriter<byte> _payload = new(BitSource.Count);
    private readonly RangeEncoder _encoder;
    private readonly byte[] _decoded = new byte[BitSource.Count];
    private readonly BinaryContext[] _contexts = new BinaryContext[2 * BitSource.Hints + BitSource.Hints * BitSource.Hints + 1];
    private readonly LogisticMixer _mixer = new(Inputs);
    private CodingStatus _status;

    internal BinaryCase(BitSource source, bool mixed)
    {
        (_source, _mixed) = (source, mixed);
        _encoder = new RangeEncoder(_payload);
    }

    internal override string Coder => _mixed ? "BAC, 4 mixed" : "BAC";

    internal override string Source => _source.Name;

    internal override int Symbols => BitSource.Count;

    internal override double IdealBits => _source.IdealBits;

    internal static IEnumerable<EntropyCase> All() =>
        [new BinaryCase(BitSource.OneHint, mixed: false), new BinaryCase(BitSource.TwoHints, mixed: false), new BinaryCase(BitSource.TwoHints, mixed: true)];

    internal override int Encode()
    {
        Start();
        _payload.ResetWrittenCount();
        Span<int> selected = stackalloc int[Inputs];
        for (int i = 0; i < BitSource.Count; i++)
        {
            if (_mixed)
            {
                Select(i, selected);
                _encoder.PushBit(_mixer, _contexts, selected, _source.Bits[i]);
            }
            else
            {
                _encoder.PushBit(ref _contexts[_source.First[i]], _source.Bits[i]);
            }
        }

        return (int)_encoder.Finish(CheckMode.Check31);
    }

    internal override void Decode()
    {
        Start();
        var decoder = new RangeDecoder(_payload.WrittenMemory, CheckMode.Check31);
        Span<int> selected = stackalloc int[Inputs];
        for (int i = 0; i < BitSource.Count; i++)
        {
            if (_mixed)
            {
                Select(i, selected);
                _decoded[i] = (byte)decoder.Bit(_mixer, _contexts, selected);
            }
            else
            {
                _decoded[i] = (byte)decoder.Bit(ref _contexts[_source.First[i]]);
            }
        }

        _status = decoder.Finish();
    }

    internal override bool CameBack() => _status == CodingStatus.Ok && _decoded.AsSpan().SequenceEqual(_source.Bits);

    private void Start()
    {
        Array.Fill(_contexts, new BinaryContext(5, 8));
        _mixer.Reset();
    }

    private void Select(int i, Span<int> selected)
    {
        selected[0] = _source.First[i];
        selected[1] = BitSource.Hints + _source.Second[i];
        selected[2] = 2 * BitSource.Hints + BitSource.Hints * _source.First[i] + _source.Second[i];
        selected[3] = _contexts.Length - 1;
    }
}
