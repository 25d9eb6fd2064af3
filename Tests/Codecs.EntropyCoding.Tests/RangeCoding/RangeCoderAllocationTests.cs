namespace Codecs.EntropyCoding.Tests.RangeCoding;

public sealed class RangeCoderAllocationTests
{
    [Fact]
    public void EncodingAndDecodingAllocateNothingInSteadyState()
    {
        TableSet set = GaussianTables.Build(GaussianTables.StandardScalesQ48[..50], 14, 60);
        short[] symbols = new short[5_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(5).Fill(set, symbols, tables);
        short[] back = new short[symbols.Length];
        var writer = new FixedWriter(1 << 16);
        var encoder = new RangeEncoder(writer, set);
        var mixer = new LogisticMixer(2);
        var pool = new BinaryContext[3];
        int[] selected = [1, 2];
        var number = new ExpGolombModel(2);
        var signed = new SignedIntegerModel();
        var tree = new IndexTreeModel(1000);

        for (int round = 0; round < 3; round++)
        {
            writer.Clear();
            Forget();
            long before = GC.GetAllocatedBytesForCurrentThread();
            encoder.Push(symbols, tables);
            for (int i = 0; i < 2000; i++)
            {
                encoder.PushBit(ref pool[0], i & 1);
                encoder.PushBit(mixer, pool, selected, i & 1);
                number.Encode(encoder, i);
                signed.Encode(encoder, i - 1000);
                tree.Encode(encoder, i >> 1);
                encoder.PushRaw((uint)i, 20);
            }

            encoder.Finish(CheckMode.Check31);
            long encoded = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(0, encoded - before);

            // Opening a payload makes one object and its hash; the work itself makes none.
            Forget();
            var decoder = new RangeDecoder(writer.Written, CheckMode.Check31, set);
            long opened = GC.GetAllocatedBytesForCurrentThread();
            bool same = true;
            decoder.Decode(tables, back);
            for (int i = 0; i < 2000; i++)
            {
                same &= decoder.Bit(ref pool[0]) == (i & 1);
                same &= decoder.Bit(mixer, pool, selected) == (i & 1);
                same &= number.Decode(decoder) == i;
                same &= signed.Decode(decoder) == i - 1000;
                same &= tree.Decode(decoder) == i >> 1;
                same &= decoder.Raw(20) == i;
            }

            CodingStatus status = decoder.Finish();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - opened);
            Assert.True(same);
            Assert.Equal(CodingStatus.Ok, status);
            Assert.Equal(symbols, back);
        }

        void Forget()
        {
            Array.Clear(pool);
            mixer.Reset();
            number.Reset();
            signed.Reset();
            tree.Reset();
        }
    }
}
