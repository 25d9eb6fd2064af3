using System.Buffers;

namespace Codecs.EntropyCoding.Tests.Binary;

public sealed class LogisticMixerTests
{
    private const int Bits = 60_000;

    [Fact]
    public void MixingBeatsEverySingleContextOnASourceOfTwoIndependentHints()
    {
        // Two hints, each with its own opinion; the truth is the sum of both in the logistic domain, which no single context sees.
        (int[] bits, int[] first, int[] second) = TwoHints(1);
        long alone = Math.Min(Single(bits, first), Single(bits, second));
        long mixed = Mixed(bits, first, second, out byte[] payload);
        TestContext.Current.TestOutputHelper?.WriteLine($"single {alone}, mixed {mixed}");
        Assert.True(mixed < 0.93 * alone, $"mixed {mixed} bytes, best single {alone}");

        var decoder = new RangeDecoder(payload, CheckMode.None);
        (LogisticMixer mixer, BinaryContext[] pool) = NewMixture();
        for (int i = 0; i < Bits; i++)
        {
            Assert.Equal(bits[i], decoder.Bit(mixer, pool, [first[i], 16 + second[i]]));
        }

        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    [Fact]
    public void AMixtureOfOneContextIsHardlyWorseThanTheContext()
    {
        (int[] bits, int[] first, int[] _) = TwoHints(2);
        var mixer = new LogisticMixer(1);
        var pool = new BinaryContext[16];
        var encoder = new RangeEncoder(new FixedWriter(Bits));
        for (int i = 0; i < Bits; i++)
        {
            encoder.PushBit(mixer, pool, [first[i]], bits[i]);
        }

        Assert.InRange(encoder.Finish(CheckMode.None), 0, 1.01 * Single(bits, first));
    }

    [Fact]
    public void WeightSetsThatKnowWhichHintToTrustBeatOne()
    {
        // In even places the first hint tells everything, in odd places the second.
        var source = new GaussianSource(9);
        var one = new LogisticMixer(2);
        var two = new LogisticMixer(2, weightSets: 2);
        long[] bytes = [.. new[] { one, two }.Select(mixer =>
        {
            var pool = new BinaryContext[4];
            var encoder = new RangeEncoder(new FixedWriter(Bits));
            for (int i = 0; i < Bits; i++)
            {
                int a = source.Next(2);
                int b = source.Next(2);
                mixer.Select(mixer == two ? i & 1 : 0, 0);
                int truth = source.Next(20) == 0 ? source.Next(2) : (i & 1) == 0 ? a : b;
                encoder.PushBit(mixer, pool, [a, 2 + b], truth);
            }

            return encoder.Finish(CheckMode.None);
        })];
        Assert.True(bytes[1] < 0.8 * bytes[0], $"{bytes[1]} bytes with two sets, {bytes[0]} with one");
    }

    [Fact]
    public void APredictionFromElsewhereMixesLikeAContextThatKnowsAsMuch()
    {
        // The second hint's logit is given instead of learned: better than two contexts, and both sides agree.
        (int[] bits, int[] first, int[] second) = TwoHints(3);
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer);
        var counter = new BitCounter();
        BinaryContext[] pool = [.. NewMixture().Pool], counted = [.. pool], read = [.. pool];
        var counting = new LogisticMixer(2);
        var mixer = new LogisticMixer(2);
        for (int i = 0; i < Bits; i++)
        {
            encoder.PushBit(mixer, pool, [first[i]], [Logit(second[i])], bits[i]);
            counter.PushBit(counting, counted, [first[i]], [Logit(second[i])], bits[i]);
        }

        long bytes = encoder.Finish(CheckMode.None);
        Assert.InRange(bytes, 1, Mixed(bits, first, second, out _));
        Assert.InRange(bytes, (counter.Bits / 8) - 1, (counter.Bits / 8 * 1.0005) + 2);

        var decoder = new RangeDecoder(writer.WrittenMemory, CheckMode.None);
        var reading = new LogisticMixer(2);
        for (int i = 0; i < Bits; i++)
        {
            Assert.Equal(bits[i], decoder.Bit(reading, read, [first[i]], [Logit(second[i])]));
        }

        Assert.Equal(CodingStatus.Ok, decoder.Finish());

        static short Logit(int hint) => (short)Math.Round(256 * (7.5 - hint) / 3);
    }

    [Fact]
    public void LogitsBeyondTheDomainAreLimited()
    {
        foreach ((short given, short limited) in ((short, short)[])[(short.MaxValue, 2047), (short.MinValue, -2048)])
        {
            LogisticMixer one = new(1, rate: 16), other = new(1, rate: 16);
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(other.Predict([], [], [limited]), one.Predict([], [], [given]));
                one.Update([], [], i & 1);
                other.Update([], [], i & 1);
            }
        }
    }

    [Fact]
    public void WithoutRefinementTheProbabilityIsTheMixtures()
    {
        var mixer = new LogisticMixer(1, refine: false);
        for (int logit = -2048; logit < 2048; logit += 7)
        {
            // Whatever it learned before, with a weight of 1 the logit comes through as it is.
            mixer.StartFrom([1 << 16]);
            Assert.Equal(Math.Clamp((int)LogisticTables.Squash[logit + 2048], 16, 4080), mixer.Predict([], [], [(short)logit]));
            mixer.Update([], [], logit & 1);
        }
    }

    [Fact]
    public void WeightsThatWereKeptAreAHeadStart()
    {
        (int[] bits, int[] first, int[] second) = TwoHints(4);
        (LogisticMixer mixer, BinaryContext[] pool) = NewMixture();
        for (int i = 0; i < Bits; i++)
        {
            mixer.Predict(pool, [first[i], 16 + second[i]], []);
            mixer.Update(pool, [first[i], 16 + second[i]], bits[i]);
        }

        int[] kept = mixer.Weights.ToArray();
        var late = new LogisticMixer(2);
        late.StartFrom(kept);
        Assert.Equal(kept, late.Weights.ToArray());
        var counters = new[] { new BitCounter(), new BitCounter() };
        LogisticMixer[] mixers = [new(2), late];
        for (int m = 0; m < mixers.Length; m++)
        {
            // The contexts know everything already; only the weights differ.
            BinaryContext[] learned = [.. pool];
            for (int i = 0; i < 500; i++)
            {
                counters[m].PushBit(mixers[m], learned, [first[i], 16 + second[i]], [], bits[i]);
            }
        }

        Assert.InRange(counters[1].Bits, 1, counters[0].Bits - 10);
        Assert.NotEqual(kept, late.Weights.ToArray());
        late.Reset();
        Assert.Equal(kept, late.Weights.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void ContradictionsAtEveryRateNeverLeaveTheClamp(int rate)
    {
        var mixer = new LogisticMixer(LogisticMixer.MaxInputs, 1, 1, rate);
        var pool = new BinaryContext[LogisticMixer.MaxInputs];
        int[] selected = [.. Enumerable.Range(0, pool.Length)];
        for (int i = 0; i < 20_000; i++)
        {
            // Long runs that end all at once, the worst for the weights.
            Assert.InRange(mixer.Predict(pool, selected, []), 16, 4080);
            mixer.Update(pool, selected, i / 1000 & 1);
        }
    }

    [Fact]
    public void AfterAResetAMixtureRepeatsItself()
    {
        (LogisticMixer mixer, BinaryContext[] pool) = NewMixture();
        int[] first = Predictions();
        mixer.Reset();
        Array.Fill(pool, new BinaryContext(5, 8));
        Assert.Equal(first, Predictions());
        Assert.NotEqual(first, Predictions());

        int[] Predictions()
        {
            int[] predictions = new int[300];
            for (int i = 0; i < predictions.Length; i++)
            {
                predictions[i] = mixer.Predict(pool, [i % 16, 16 + i % 7], []);
                mixer.Update(pool, [i % 16, 16 + i % 7], i % 3 == 0 ? 1 : 0);
            }

            return predictions;
        }
    }

    [Fact]
    public void ParametersOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticMixer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticMixer(33));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticMixer(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticMixer(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticMixer(1, 1, 1, 17));
        var mixer = new LogisticMixer(2, 3, 4);
        mixer.Select(2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => mixer.Select(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixer.Select(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixer.Select(-1, 0));
        Assert.Throws<ArgumentException>(() => mixer.StartFrom(new int[5]));
        Assert.Throws<ArgumentException>(() => mixer.Predict(new BinaryContext[1], [0], [0, 0]));
    }

    private static (int[] Bits, int[] First, int[] Second) TwoHints(ulong seed)
    {
        var source = new GaussianSource(seed);
        int[] bits = new int[Bits];
        int[] first = new int[Bits];
        int[] second = new int[Bits];
        for (int i = 0; i < Bits; i++)
        {
            first[i] = source.Next(16);
            second[i] = source.Next(16);
            double logit = (first[i] - 7.5) / 3 + (second[i] - 7.5) / 3;
            bits[i] = source.Next(1 << 20) < (1 << 20) / (1 + Math.Exp(-logit)) ? 0 : 1;
        }

        return (bits, first, second);
    }

    private static long Single(int[] bits, int[] hints)
    {
        var pool = new BinaryContext[16];
        Array.Fill(pool, new BinaryContext(5, 8));
        var encoder = new RangeEncoder(new FixedWriter(Bits));
        for (int i = 0; i < bits.Length; i++)
        {
            encoder.PushBit(ref pool[hints[i]], bits[i]);
        }

        return encoder.Finish(CheckMode.None);
    }

    private static long Mixed(int[] bits, int[] first, int[] second, out byte[] payload)
    {
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer);
        (LogisticMixer mixer, BinaryContext[] pool) = NewMixture();
        for (int i = 0; i < bits.Length; i++)
        {
            encoder.PushBit(mixer, pool, [first[i], 16 + second[i]], bits[i]);
        }

        long bytes = encoder.Finish(CheckMode.None);
        payload = writer.WrittenSpan.ToArray();
        return bytes;
    }

    private static (LogisticMixer Mixer, BinaryContext[] Pool) NewMixture()
    {
        var pool = new BinaryContext[32];
        Array.Fill(pool, new BinaryContext(5, 8));
        return (new LogisticMixer(2), pool);
    }
}
