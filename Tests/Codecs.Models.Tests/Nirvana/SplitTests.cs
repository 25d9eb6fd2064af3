using Codecs.Models.Nirvana;
using Codecs.Tests;

namespace Codecs.Models.Tests.Nirvana;

public sealed class SplitTests
{
    public static TheoryData<int, int> Sizes => [.. from w in Enumerable.Range(1, 9) from h in Enumerable.Range(1, 9) select (w, h)];

    [Theory, MemberData(nameof(Sizes))]
    public void PairsComeBackUpToTheirParity(int width, int height)
    {
        Grid plane = MadeUpNirvana.Plane(width, height, new Random(width + (10 * height)));
        foreach (bool horizontal in (bool[])[true, false])
        {
            var split = new Split(width, height, horizontal);
            Grid coarse = split.Coarse(plane), halves = split.Halves(plane), joined = split.Join(coarse, halves), spread = split.Spread(halves), repeated = split.Repeat(coarse);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    (int other, int count, bool isFirst) = horizontal ? (x ^ 1, width, x % 2 == 0) : (y ^ 1, height, y % 2 == 0);
                    int a = plane.Row(y)[x], b = other < count ? plane.Row(horizontal ? y : other)[horizontal ? other : x] : a;

                    // Both of the mean and the half difference are rounded down, so the first of a pair of different parities loses 1.
                    Assert.Equal(isFirst ? a - ((a - b) & 1) : a, joined.Row(y)[x]);
                    Assert.Equal((a + b) >> 1, repeated.Row(y)[x]);
                    Assert.Equal(joined.Row(y)[x] - repeated.Row(y)[x], spread.Row(y)[x]);
                }
            }

            AssertExtended(joined);
            AssertExtended(coarse);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void PlansEndAtFewSamples(int width, int height)
    {
        foreach ((int w, int h) in ((int, int)[])[(width, height), (width * 7, height), (1, height * 100), (width * 100, 1)])
        {
            Split[] steps = Split.Plan(w, h);
            (int currentWidth, int currentHeight) = (w, h);
            foreach (Split step in steps)
            {
                Assert.True(currentWidth * currentHeight > 32);
                Assert.Equal((currentWidth, currentHeight), (step.Width, step.Height));
                Assert.True(step.CoarseWidth * step.CoarseHeight < currentWidth * currentHeight);
                (currentWidth, currentHeight) = (step.CoarseWidth, step.CoarseHeight);
            }

            Assert.InRange(currentWidth * currentHeight, 1, 32);
        }
    }

    [Fact]
    public void LargestPicturesHaveTheMostSteps()
    {
        Split[] steps = Split.Plan(65536, 65536);
        Assert.InRange(steps.Length, 1, Split.MaxSteps);
        Assert.Equal(Enumerable.Range(0, steps.Length).Select(k => k % 2 == 0), steps.Select(s => s.Horizontal));
    }

    [Fact]
    public void SumsBeyondTheRangeAreKeptInIt()
    {
        var split = new Split(2, 1, Horizontal: true);
        Grid coarse = Grid.Create(1, 1), halves = Grid.Create(1, 1);
        (coarse.Row(0)[0], halves.Row(0)[0]) = (8191, 8191);

        Assert.Equal([8191, 0], split.Join(coarse, halves).Row(0).ToArray());
        halves.Row(0)[0] = -8191;
        coarse.Row(0)[0] = -8192;
        Assert.Equal([-8192, -1], split.Join(coarse, halves).Row(0).ToArray());
    }

    [Theory]
    [InlineData(33, 17, false, false)]
    [InlineData(64, 96, true, true)]
    [InlineData(95, 130, true, false)]
    public void PatchesAreThoseOfTheFinestSamples(int width, int height, bool halfColumns, bool halfRows)
    {
        var shape = new PictureShape(width, height, 3, halfColumns, halfRows, false);
        for (int p = 0; p < 2; p++)
        {
            var patches = new PatchGrid(shape.PatchColumns, shape.PatchRows, p > 0 && halfColumns ? 4 : 5, p > 0 && halfRows ? 4 : 5);
            Split[] steps = Split.Plan(shape.PlaneWidth(p), shape.PlaneHeight(p));
            bool[] flags = [.. Enumerable.Range(0, shape.PatchColumns * shape.PatchRows).Select(i => i % 3 == 0)];
            int columnsOf = 1, rowsOf = 1;
            for (int k = 0; k < steps.Length; k++)
            {
                (columnsOf, rowsOf) = steps[k].Horizontal ? (2 * columnsOf, rowsOf) : (columnsOf, 2 * rowsOf);
                bool[]? mask = patches.Spread(flags, steps, k);
                bool isAbove = columnsOf > 1 << patches.WidthBits || rowsOf > 1 << patches.HeightBits;
                Assert.Equal(isAbove, mask is null);
                for (int i = 0; i < steps[k].CoarseWidth * steps[k].CoarseHeight; i++)
                {
                    int x = i % steps[k].CoarseWidth, y = i / steps[k].CoarseWidth;
                    int expected = isAbove ? flags.Length : ((y * rowsOf) >> patches.HeightBits) * patches.Columns + ((x * columnsOf) >> patches.WidthBits);
                    Assert.Equal(expected, patches.Of(k, x, y));
                    Assert.True(isAbove || mask![i] == flags[expected]);
                }
            }

            Assert.Null(patches.Spread(new bool[flags.Length], steps, 0));
        }
    }

    private static void AssertExtended(Grid plane)
    {
        for (int y = -Grid.Margin; y < plane.Height + Grid.Margin; y++)
        {
            for (int x = -Grid.Margin; x < plane.Width + Grid.RightMargin; x++)
            {
                Assert.Equal(plane.Row(Math.Clamp(y, 0, plane.Height - 1))[Math.Clamp(x, 0, plane.Width - 1)], plane.Samples[plane.IndexOf(x, y)]);
            }
        }
    }
}
