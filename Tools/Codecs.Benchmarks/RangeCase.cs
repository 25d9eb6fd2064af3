using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>RC32 with table symbols in the <c>entropy</c> table.</summary>
internal sealed class RangeCase : EntropyCase
{
    private readonly SymbolSource _source;
    private readonly ArrayBufferWriter<byte> _payload = new(4 * SymbolSource.Count);
    private readonly RangeEncoder _encoder;
    private readonly short[] _decoded = new short[SymbolSource.Count];
    private CodingStatus _status;

    internal RangeCase(SymbolSource source)
    {
        _source = source;
        _encoder = new RangeEncoder(_payload, source.Set);
    }

    internal override string Coder => "RC32";

    internal override string Source => _source.Name;

    internal override int Symbols => SymbolSource.Count;

    internal override double IdealBits => _source.IdealBits;

    internal static IEnumerable<EntropyCase> All() => [new RangeCase(SymbolSource.OneTable(14)), new RangeCase(SymbolSource.Picture(14))];

    internal override int Encode()
    {
        _payload.ResetWrittenCount();
        _encoder.Push(_source.Symbols, _source.Tables);
        return (int)_encoder.Finish(CheckMode.Check31);
    }

    internal override void Decode()
    {
        var decoder = new RangeDecoder(_payload.WrittenMemory, CheckMode.Check31, _source.Set);
        decoder.Decode(_source.Tables, _decoded);
        _status = decoder.Finish();
    }

    internal override bool CameBack() => _status == CodingStatus.Ok && _decoded.AsSpan().SequenceEqual(_source.Symbols);
}
