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

    [Fact]
    public void RatesOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryContext(0, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryContext(4, 11));
    }
}
