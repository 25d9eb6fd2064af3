namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class BulkRansAllocationTests
{
    [Fact]
    public void EncodingAndDecodingAllocateNothingInSteadyState()
    {
        TableSet set = GaussianTables.Bulk;
        short[] symbols = new short[20_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(5).Fill(set, symbols, tables);
        symbols[7] = 30_000;
        short[] back = new short[symbols.Length];
        var writer = new FixedWriter(1 << 16);
        foreach (BulkPath path in BulkCase.Paths)
        {
            for (int round = 0; round < 4; round++)
            {
                writer.Clear();
                ReadOnlySpan<byte> associated = [1, 2, 3];
                long before = GC.GetAllocatedBytesForCurrentThread();
                BulkRans.Encode(symbols, tables, set, writer, CheckMode.Check31, associated, 16, path);
                CodingStatus status = BulkRans.Decode(writer.Written.Span, tables, set, back, CheckMode.Check31, associated, path);
                long after = GC.GetAllocatedBytesForCurrentThread();
                Assert.Equal(CodingStatus.Ok, status);
                if (round > 0)
                {
                    Assert.Equal(0, after - before);
                }
            }

            Assert.Equal(symbols, back);
        }
    }
}
