using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Codecs.Benchmarks;

/// <summary>R32x32 over a million symbols on every path of this processor, R64 beside it; time per symbol.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn]
public class BulkRansBench
{
    private EntropyCase _bulk = null!;
    private EntropyCase _scalar64 = null!;

    [ParamsSource(nameof(Paths))]
    public string Path { get; set; } = "";

    /// <summary>One table, or 64 as in pictures.</summary>
    [Params(false, true)]
    public bool Indexed { get; set; }

    public static IEnumerable<string> Paths => BulkRansCase.Paths.Select(p => p.ToString());

    [GlobalSetup]
    public void Setup()
    {
        _bulk = new BulkRansCase(Source(14), 32, Enum.Parse<EntropyCoding.BulkPath>(Path));
        _scalar64 = new Rans64Case(Source(16));
        foreach (EntropyCase line in new[] { _bulk, _scalar64 })
        {
            line.Encode();
            line.Decode();
            if (!line.CameBack())
            {
                throw new InvalidOperationException("The symbols did not come back.");
            }
        }
    }

    [Benchmark(OperationsPerInvoke = SymbolSource.Count), BenchmarkCategory("encode")]
    public int EncodeBulk() => _bulk.Encode();

    [Benchmark(OperationsPerInvoke = SymbolSource.Count, Baseline = true), BenchmarkCategory("encode")]
    public int EncodeR64() => _scalar64.Encode();

    [Benchmark(OperationsPerInvoke = SymbolSource.Count), BenchmarkCategory("decode")]
    public void DecodeBulk() => _bulk.Decode();

    [Benchmark(OperationsPerInvoke = SymbolSource.Count, Baseline = true), BenchmarkCategory("decode")]
    public void DecodeR64() => _scalar64.Decode();

    private SymbolSource Source(int precision) => Indexed ? SymbolSource.Picture(precision) : SymbolSource.OneTable(precision);
}
