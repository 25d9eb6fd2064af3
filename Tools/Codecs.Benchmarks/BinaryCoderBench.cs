using BenchmarkDotNet.Attributes;

namespace Codecs.Benchmarks;

/// <summary>The range coder's family over a million symbols or bits: RC32 tables, BAC, BAC with mixing, and packed indices beside them.</summary>
public class BinaryCoderBench
{
    private EntropyCase _case = null!;

    /// <summary>The coder, as in the <c>entropy</c> table.</summary>
    [Params("RC32", "BAC", "BAC, 4 mixed", "packed")]
    public string Coder { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _case = Coder switch
        {
            "RC32" => new RangeCase(SymbolSource.Picture(14)),
            "BAC" => new BinaryCase(BitSource.OneHint, mixed: false),
            "BAC, 4 mixed" => new BinaryCase(BitSource.TwoHints, mixed: true),
            _ => new PackedCase(10),
        };
        _case.Encode();
        _case.Decode();
        if (!_case.CameBack())
        {
            throw new InvalidOperationException("The symbols did not come back.");
        }
    }

    [Benchmark(OperationsPerInvoke = SymbolSource.Count)]
    public int Encode() => _case.Encode();

    [Benchmark(OperationsPerInvoke = SymbolSource.Count)]
    public void Decode() => _case.Decode();
}
