using Codecs.EntropyCoding.Interop;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Interop;

public sealed class CompressAiTablesTests
{
    [Fact]
    public void TheReferenceVectorsAreMet()
    {
        Assert.Equal([0, 45875, 65534, 65535, 65536], CompressAiTables.Quantize([0.7f, 0.2999999f, 1e-7f, 1e-9f]));
        Assert.Equal([0, 1, 32767, 65535, 65536], CompressAiTables.Quantize([1e-9f, 0.5f, 0.5f, 1e-9f]));
    }

    [Fact]
    public void AnyProbabilitiesGiveATable()
    {
        Gen.Float[0, 1].Array[2, 300].Where(p => p.Sum() > 0.01f).Sample(
            p =>
            {
                float sum = p.Sum();
                int[] cumulative = CompressAiTables.Quantize([.. p.Select(x => x / sum)]);
                var builder = new TableSetBuilder(16);
                builder.AddCumulative(0, cumulative);
                return builder.Build().SymbolCount(0) == p.Length;
            },
            iter: 300);
    }

    [Fact]
    public void WhatIsUndefinedInTheReferenceIsAnArgumentError()
    {
        Assert.Throws<ArgumentException>(() => CompressAiTables.Quantize([1f]));
        Assert.Throws<ArgumentException>(() => CompressAiTables.Quantize([0f, 0f]));
        Assert.Throws<ArgumentException>(() => CompressAiTables.Quantize([float.NaN, 0.5f]));
        Assert.Throws<ArgumentException>(() => CompressAiTables.Quantize([-0.1f, 0.5f]));
        Assert.Throws<ArgumentException>(() => CompressAiTables.Quantize([float.PositiveInfinity, 0.5f]));
        Assert.Throws<ArgumentException>(() => CompressAiTables.Quantize(new float[65537]));
    }
}
