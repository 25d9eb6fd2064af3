using System.Buffers;
using System.Runtime.Intrinsics.X86;
using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>R32xN in the <c>entropy</c> table, one line for each path of this processor and some numbers of lanes.</summary>
internal sealed class BulkRansCase(SymbolSource source, int lanes, BulkPath path) : EntropyCase
{
    private readonly ArrayBufferWriter<byte> _payload = new(4 * SymbolSource.Count);
    private readonly short[] _decoded = new short[SymbolSource.Count];
    private CodingStatus _status;

    /// <summary>The paths that this processor has, the slowest first.</summary>
    internal static IEnumerable<BulkPath> Paths =>
        Enum.GetValues<BulkPath>().Where(path => path switch
        {
            BulkPath.Avx2 => Avx2.IsSupported,
            BulkPath.Avx512 => ExpandMover.IsSupported,
            _ => true,
        });

    internal override string Coder => $"R32x{lanes}";

    internal override string Path => path switch
    {
        BulkPath.Search => "scalar, search",
        BulkPath.Scalar => "scalar, slots",
        BulkPath.Avx2 => "AVX2",
        _ => "AVX-512",
    };

    internal override string Source => source.Name;

    internal override int Symbols => SymbolSource.Count;

    internal override double IdealBits => source.IdealBits;

    internal static IEnumerable<EntropyCase> All()
    {
        foreach (SymbolSource source in new[] { SymbolSource.OneTable(12), SymbolSource.OneTable(14), SymbolSource.Picture(14), SymbolSource.Uniform(14) })
        {
            foreach (BulkPath path in Paths)
            {
                yield return new BulkRansCase(source, 32, path);
            }

            foreach (int lanes in new[] { 16, 8, 4 })
            {
                yield return new BulkRansCase(source, lanes, lanes == 4 ? BulkPath.Scalar : BulkPaths.Best);
            }
        }
    }

    internal override int Encode()
    {
        _payload.ResetWrittenCount();
        return source.Table >= 0
            ? BulkRans.Encode(source.Symbols, source.Table, source.Set, _payload, CheckMode.Check31, [], lanes, path)
            : BulkRans.Encode(source.Symbols, source.Tables, source.Set, _payload, CheckMode.Check31, [], lanes, path);
    }

    internal override void Decode() => _status = source.Table >= 0
        ? BulkRans.Decode(_payload.WrittenSpan, source.Table, source.Set, _decoded, CheckMode.Check31, [], path)
        : BulkRans.Decode(_payload.WrittenSpan, source.Tables, source.Set, _decoded, CheckMode.Check31, [], path);

    internal override bool CameBack() => _status == CodingStatus.Ok && _decoded.AsSpan().SequenceEqual(source.Symbols);
}
