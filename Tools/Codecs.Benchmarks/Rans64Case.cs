using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>R64 in the <c>entropy</c> table.</summary>
internal sealed class Rans64Case(SymbolSource source) : EntropyCase
{
    // One for all, so that its storage grows once; the program ends with it.
    private static readonly Rans64Encoder s_encoder = new(GaussianTables.Standard);

    private readonly ArrayBufferWriter<byte> _payload = new(4 * SymbolSource.Count);
    private readonly short[] _decoded = new short[SymbolSource.Count];
    private CodingStatus _status;

    internal override string Coder => "R64";

    internal override string Source => source.Name;

    internal override int Symbols => SymbolSource.Count;

    internal override double IdealBits => source.IdealBits;

    internal static IEnumerable<EntropyCase> All() => [new Rans64Case(SymbolSource.OneTable(16)), new Rans64Case(SymbolSource.Picture(16)), new Rans64Case(SymbolSource.Uniform(16))];

    internal override int Encode()
    {
        _payload.ResetWrittenCount();
        s_encoder.Tables = source.Set;
        s_encoder.Push(source.Symbols, source.Tables);
        return s_encoder.Finish(CheckMode.Check31, _payload);
    }

    internal override void Decode()
    {
        var decoder = new Rans64Decoder(_payload.WrittenMemory, source.Set, CheckMode.Check31);
        decoder.Decode(source.Tables, _decoded);
        _status = decoder.Finish();
    }

    internal override bool CameBack() => _status == CodingStatus.Ok && _decoded.AsSpan().SequenceEqual(source.Symbols);
}
