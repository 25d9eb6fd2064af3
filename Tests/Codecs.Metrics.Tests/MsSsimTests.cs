using CsCheck;

namespace Codecs.Metrics.Tests;

public sealed class MsSsimTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(7, 300, 1)]
    [InlineData(200, 180, 3)]
    public void EqualPicturesGiveOne(int width, int height, int channels)
    {
        byte[] picture = Pattern(width, height, channels);

        Assert.Equal(1, MsSsim.Compute(picture, picture, width, height, channels), 6);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 3)]
    [InlineData(11, 11, 1)]
    [InlineData(25, 40, 3)]
    [InlineData(61, 47, 1)]
    [InlineData(200, 177, 3)]
    public void FastFormAgreesWithTheDefinition(int width, int height, int channels)
    {
        byte[] a = Pattern(width, height, channels);
        byte[] b = Disturbed(a, 25);

        double expected = 0;
        for (int c = 0; c < channels; c++)
        {
            expected += MsSsimByDefinition.Compute(Plane(a, c, channels), Plane(b, c, channels), width, height) / channels;
        }

        double actual = MsSsim.Compute(a, b, width, height, channels);
        Assert.InRange(actual, 0.01, 0.9999);
        // Floats against doubles; one tiny window shows the largest difference.
        Assert.Equal(expected, actual, 2e-5);
    }

    [Fact]
    public void MoreNoiseIsWorse() =>
        Gen.Int[1, 60].Select(Gen.Int[20, 90], Gen.Int[20, 90]).Sample((noise, width, height) =>
        {
            byte[] a = Pattern(width, height, 1);
            double little = MsSsim.Compute(a, Disturbed(a, noise), width, height, 1);
            double much = MsSsim.Compute(a, Disturbed(a, noise + 30), width, height, 1);
            Assert.InRange(little, much, 1);
            Assert.InRange(much, 0, 1);
        }, iter: 50, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void SimilarityIsSymmetric()
    {
        byte[] a = Pattern(50, 50, 1);
        byte[] b = Disturbed(a, 40);

        Assert.Equal(MsSsim.Compute(a, b, 50, 50, 1), MsSsim.Compute(b, a, 50, 50, 1), 12);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(500, 20, 1)]
    [InlineData(21, 500, 2)]
    [InlineData(160, 160, 4)]
    [InlineData(161, 161, 5)]
    [InlineData(768, 512, 5)]
    public void SmallPicturesUseFewerScales(int width, int height, int scales) => Assert.Equal(scales, MsSsim.Scales(width, height));

    [Fact]
    public void ChannelsAreMeasuredAlone()
    {
        byte[] a = Pattern(64, 64, 3);
        byte[] b = [.. a];
        for (int i = 0; i < b.Length; i += 3)
        {
            b[i] = (byte)(255 - b[i]);
        }

        double red = MsSsim.Compute(Plane(a, 0, 3), Plane(b, 0, 3), 64, 64, 1);
        Assert.Equal((red + 2) / 3, MsSsim.Compute(a, b, 64, 64, 3), 6);
    }

    [Fact]
    public void DecibelsGrowWithoutBound()
    {
        Assert.Equal(20, MsSsim.ToDecibels(0.99), 9);
        Assert.Equal(double.PositiveInfinity, MsSsim.ToDecibels(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MsSsim.ToDecibels(1.1));
    }

    [Fact]
    public void SizesThatDoNotFitAreRefused()
    {
        Assert.Throws<ArgumentException>(() => MsSsim.Compute(new byte[4], new byte[4], 2, 2, 3));
        Assert.Throws<ArgumentException>(() => MsSsim.Compute(new byte[4], new byte[5], 2, 2, 1));
        Assert.ThrowsAny<ArgumentException>(() => MsSsim.Compute([], [], 0, 2, 1));
        Assert.ThrowsAny<ArgumentException>(() => MsSsim.Compute(new byte[4], new byte[4], int.MaxValue, int.MaxValue, int.MaxValue));
    }

    private static byte[] Pattern(int width, int height, int channels)
    {
        byte[] picture = new byte[width * height * channels];
        for (int i = 0; i < picture.Length; i++)
        {
            int x = i / channels % width;
            int y = i / channels / width;
            int c = i % channels;
            picture[i] = (byte)Math.Clamp(128 + (70 * Math.Sin((x * 0.21) + c)) + (50 * Math.Cos(y * 0.13 * (c + 1))), 0, 255);
        }

        return picture;
    }

    private static byte[] Disturbed(byte[] picture, int amplitude)
    {
        var random = new Random(17);
        byte[] disturbed = new byte[picture.Length];
        for (int i = 0; i < picture.Length; i++)
        {
            disturbed[i] = (byte)Math.Clamp(picture[i] + (((random.NextDouble() * 2) - 1) * amplitude), 0, 255);
        }

        return disturbed;
    }

    private static byte[] Plane(byte[] picture, int channel, int channels)
    {
        byte[] plane = new byte[picture.Length / channels];
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = picture[(i * channels) + channel];
        }

        return plane;
    }
}
