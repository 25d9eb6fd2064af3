namespace Codecs.EntropyCoding.Tests.Rans;

public sealed class Rans64AllocationTests
{
    [Fact]
    public void EncodingAndDecodingAllocateNothingInSteadyState()
    {
        TableSet set = GaussianTables.Standard;
        short[] symbols = new short[20_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(5).Fill(set, symbols, tables);
        symbols[7] = 30_000;
        short[] back = new short[symbols.Length];
        using var encoder = new Rans64Encoder(set);
        var writer = new FixedWriter(1 << 16);

        for (int round = 0; round < 4; round++)
        {
            writer.Clear();
            long before = GC.GetAllocatedBytesForCurrentThread();
            encoder.Push(symbols, tables);
            encoder.Push(3, 9);
            encoder.PushRaw(12345678, 30);
            encoder.Finish(CheckMode.Check31, writer);
            long encoded = GC.GetAllocatedBytesForCurrentThread();

            // Opening a payload makes one object and its hash; the work itself makes none.
            var decoder = new Rans64Decoder(writer.Written, set, CheckMode.Check31);
            long opened = GC.GetAllocatedBytesForCurrentThread();
            decoder.Decode(tables, back);
            int next = decoder.Next(9);
            uint raw = decoder.Raw(30);
            CodingStatus status = decoder.Finish();
            long decoded = GC.GetAllocatedBytesForCurrentThread();

            Assert.Equal((CodingStatus.Ok, 3, 12345678u), (status, next, raw));
            Assert.Equal(0, decoded - opened);
            if (round > 0)
            {
                Assert.Equal(0, encoded - before);
            }
        }

        Assert.Equal(symbols, back);
    }
}
