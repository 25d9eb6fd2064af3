using System.Buffers;

namespace Codecs.EntropyCoding.Tests.Binary;

public sealed class BinaryRateTests
{
    [Fact]
    public void AStationarySourceOfAMillionBitsCostsLessThanOnePercentMoreThanItsEntropy()
    {
        const int Contexts = 64;
        const int Bits = 1_000_000;
        var source = new GaussianSource(11);
        double entropy = 0;
        var encoder = new RangeEncoder(new FixedWriter(Bits / 8));
        var contexts = new BinaryContext[Contexts];
        Array.Fill(contexts, new BinaryContext(5, 8));
        for (int i = 0; i < Bits; i++)
        {
            int context = source.Next(Contexts);
            double p = (context + 0.5) / Contexts;
            entropy -= p * Math.Log2(p) + (1 - p) * Math.Log2(1 - p);
            encoder.PushBit(ref contexts[context], source.Next(1 << 16) < p * 65536 ? 0 : 1);
        }

        double ratio = 8 * encoder.Finish(CheckMode.None) / entropy;
        TestContext.Current.TestOutputHelper?.WriteLine($"ratio {ratio:F5}");
        Assert.InRange(ratio, 0.99, 1.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AMillionEqualBitsCostWhatTheClampAllows(int bit)
    {
        // -log2(4080 / 4096) = 0.00565 bit each.
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer);
        var context = new BinaryContext(5, 8);
        for (int i = 0; i < 1_000_000; i++)
        {
            encoder.PushBit(ref context, bit);
        }

        Assert.InRange(encoder.Finish(CheckMode.Check31), bit == 0 ? 4 : 700, 760);
        var decoder = new RangeDecoder(writer.WrittenMemory, CheckMode.Check31);
        context = new BinaryContext(5, 8);
        for (int i = 0; i < 1_000_000; i++)
        {
            Assert.Equal(bit, decoder.Bit(ref context));
        }

        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    [Fact]
    public void TheStartUpPaysInShortPayloads()
    {
        // 200 bits of P(0) = 1/16 in 4 contexts: entropy 67 bits. Measured: 80 bits; 88 if the rate is halved by each of the first bits.
        var source = new GaussianSource(5);
        double bits = 0;
        var encoder = new RangeEncoder(new FixedWriter(100));
        for (int message = 0; message < 200; message++)
        {
            var contexts = new BinaryContext[4];
            Array.Fill(contexts, new BinaryContext(5, 8));
            encoder.Destination = new FixedWriter(100);
            for (int i = 0; i < 200; i++)
            {
                encoder.PushBit(ref contexts[i & 3], source.Next(16) == 0 ? 0 : 1);
            }

            bits += 8 * encoder.Finish(CheckMode.None);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"mean {bits / 200:F2} bits");
        Assert.InRange(bits / 200, 67, 84);
    }
}
