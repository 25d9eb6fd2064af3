using Codecs.Metrics.Pictures;
using CsCheck;

namespace Codecs.Metrics.Tests.Pictures;

public sealed class FilterTests
{
    [Fact]
    public void SmoothingWindowIsNearlyAGaussian()
    {
        float[] taps = CosineWindow.Taps;

        Assert.Equal(9, taps.Length);
        Assert.Equal(1, taps.Sum(t => (double)t), 1e-6);
        for (int i = 0; i < taps.Length; i++)
        {
            double gaussian = Math.Exp(-(i - 4) * (i - 4) / (2 * 1.5 * 1.5)) / (1.5 * Math.Sqrt(2 * Math.PI));
            Assert.Equal(gaussian, taps[i], 0.005);
            Assert.Equal(taps[i], taps[^(i + 1)], 1e-7);
        }
    }

    [Fact]
    public void BoxSumsAreThoseOfTheSamplesInside() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[-5, 12], Gen.Int[-5, 12], Gen.Int[0, 12], Gen.Int[0, 12]).Sample((width, height, left, top, wide, high) =>
        {
            float[] samples = [.. Enumerable.Range(0, width * height).Select(i => (float)(i * i % 37))];
            double expected = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                (int x, int y) = (i % width, i / width);
                expected += x >= left && x < left + wide && y >= top && y < top + high ? samples[i] : 0;
            }

            Assert.Equal(expected, new BoxSums(new Plane(samples, width, height)).Sum(left, top, left + wide, top + high), 1e-9);
        });

    [Theory]
    [InlineData(1, 7, 5)]
    [InlineData(2, 4, 3)]
    [InlineData(3, 3, 2)]
    public void ReducedPlanesAverageWithZerosOutside(int factor, int columns, int rows)
    {
        const int Width = 7, Height = 5;
        byte[] picture = TestPictures.Patches(Width, Height);

        Plane plane = Plane.Mix(picture, Width, Height, factor, new ColorWeights(0, 0, 1));

        Assert.Equal((columns, rows), (plane.Width, plane.Height));
        for (int i = 0; i < plane.Samples.Length; i++)
        {
            double sum = 0;
            for (int y = (i / columns * factor) - ((factor - 1) / 2); y <= (i / columns * factor) + (factor / 2); y++)
            {
                for (int x = (i % columns * factor) - ((factor - 1) / 2); x <= (i % columns * factor) + (factor / 2); x++)
                {
                    sum += x is >= 0 and < Width && y is >= 0 and < Height ? picture[(((y * Width) + x) * 3) + 2] : 0;
                }
            }

            Assert.Equal(sum / (factor * factor), plane.Samples[i], 1e-3);
        }
    }

    [Fact]
    public void GradientOfARampIsItsSlope()
    {
        float[] ramp = [.. Enumerable.Range(0, 30).Select(i => (float)((i % 6 * 3) + (i / 6 * 4)))];

        float[] magnitude = Gradient.Magnitude(new Plane(ramp, 6, 5));

        // Differences over two pixels: 6 across and 8 down.
        Assert.Equal(10, magnitude[(2 * 6) + 3], 1e-5);
    }
}
