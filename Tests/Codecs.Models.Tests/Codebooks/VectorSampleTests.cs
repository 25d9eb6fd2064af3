using Codecs.Models.Codebooks;

namespace Codecs.Models.Tests.Codebooks;

public sealed class VectorSampleTests
{
    [Fact]
    public void UpToTheCapacityAllAreKeptInOrder()
    {
        VectorSample sample = new(2, 3, seed: 1);
        sample.Add([1, 2, 3, 4]);
        sample.Add([5, 6]);
        Assert.Equal([1, 2, 3, 4, 5, 6], sample.ToArray());
    }

    [Fact]
    public void BeyondItEachIsAsLikelyAsEveryOther()
    {
        int[] hits = new int[40];
        for (int seed = 0; seed < 4000; seed++)
        {
            VectorSample sample = new(1, 10, seed);
            for (int part = 0; part < 4; part++)
            {
                sample.Add([.. Enumerable.Range(10 * part, 10).Select(i => (float)i)]);
            }

            float[] kept = sample.ToArray();
            Assert.Equal(10, kept.Distinct().Count());
            Array.ForEach(kept, v => hits[(int)v]++);
        }

        Assert.All(hits, h => Assert.InRange(h, 850, 1150)); // 1000 with a deviation of 27
    }
}
