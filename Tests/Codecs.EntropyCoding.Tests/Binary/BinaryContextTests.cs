namespace Codecs.EntropyCoding.Tests.Binary;

public sealed class BinaryContextTests
{
    [Fact]
    public void AFreshContextIsUndecidedWhicheverWayItIsMade()
    {
        Assert.Equal(2048, default(BinaryContext).Probability);
        Assert.Equal(2048, new BinaryContext(1, 10).Probability);
        Assert.Equal(new BinaryContext(4, 7), default);
    }

    [Theory]
    [InlineData(0, 4080)]
    [InlineData(1, 16)]
    public void LongRunsStayInsideTheClampAndRecover(int bit, int extreme)
    {
        foreach ((int fast, int slow) in ((int, int)[])[(1, 1), (4, 7), (5, 8), (1, 10)])
        {
            var context = new BinaryContext(fast, slow);
            for (int i = 0; i < 100_000; i++)
            {
                context.Update(bit);
                Assert.InRange(context.Probability, 16, 4080);
            }

            if (slow <= 8)
            {
                Assert.Equal(extreme, context.Probability);
            }

            for (int i = 0; i < 20_000; i++)
            {
                context.Update(1 - bit);
            }

            Assert.True(bit == 0 ? context.Probability < 300 : context.Probability > 3796);
        }
    }

    [Fact]
    public void TheFirstBitsWeighMore()
    {
        var context = new BinaryContext(5, 8);
        int[] seen = new int[6];
        for (int i = 0; i < seen.Length; i++)
        {
            context.Update(0);
            seen[i] = context.Probability;
        }

        // Steps of 1/2, 1/4, 1/4, 1/8, 1/8, 1/8 towards certainty.
        Assert.Equal([3071, 3327, 3519, 3591, 3654, 3710], seen);
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(20_000, 1250)]
    [InlineData(65_535, 4080)]
    public void APrimedContextStartsFromItsEstimate(int estimate, int probability)
    {
        var context = BinaryContext.Primed(estimate, 30);
        Assert.Equal(probability, context.Probability);
        Assert.Equal(estimate, context.SlowEstimate);
        Assert.False(context.IsFresh);
    }

    [Fact]
    public void WhatIsKnownMakesTheFirstStepsSmaller()
    {
        BinaryContext unsure = BinaryContext.Primed(32768, 0), sure = BinaryContext.Primed(32768, 24), certain = BinaryContext.Primed(32768, 255);
        Assert.True(unsure.IsFresh);
        Assert.Equal(default, unsure);
        unsure.Update(0);
        sure.Update(0);
        certain.Update(0);

        // 24 bits seen: both estimates move by 2^-4 and 2^-5; 255 seen: by 2^-4 and 2^-7, the rates of the context.
        Assert.Equal(3071, unsure.Probability);
        Assert.Equal(2048 + 64 + 32 - 1, sure.Probability);
        Assert.Equal(2048 + 64 + 8 - 1, certain.Probability);
    }

    [Fact]
    public void PrimingOutOfRangeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryContext.Primed(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryContext.Primed(65536, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryContext.Primed(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryContext.Primed(0, 256));
    }

    [Fact]
    public void RatesOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryContext(0, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryContext(4, 11));
    }
}
