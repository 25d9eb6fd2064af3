using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageResizerTests
{
    [Theory]
    [InlineData(TestImages.Lake)]
    [InlineData(TestImages.Gray)]
    public void HalvedAndEnlargedAgainAPictureIsNearlyItself(string name)
    {
        Image image = TestImages.Read(name);
        Image half = ImageResizer.Resize(image, (image.Width + 1) / 2, (image.Height + 1) / 2);
        Image back = ImageResizer.Resize(half, image.Width, image.Height);

        Assert.Equal(((image.Width + 1) / 2, (image.Height + 1) / 2, image.Layout), (half.Width, half.Height, half.Layout));
        Assert.True(TestImages.PsnrDb(image, back) > 20, $"{TestImages.PsnrDb(image, back)} dB");
    }

    [Fact]
    public void MeansAndPlacesStay()
    {
        // Black to the left, white to the right.
        var image = new Image(64, 32, ImageLayout.Rgb);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels.Span[i] = (byte)(i / 3 % 64 < 32 ? 0 : 255);
        }

        ReadOnlySpan<byte> small = ImageResizer.Resize(image, 16, 8).Pixels.Span;

        Assert.Equal(0, small[0]);
        Assert.Equal(255, small[(15 * 3) + 1]);
        double mean = 0;
        foreach (byte sample in small)
        {
            mean += (double)sample / small.Length;
        }

        Assert.Equal(127.5, mean, 2.0);
    }

    [Fact]
    public void TheSameSizeIsTheSamePicture()
    {
        var image = new Image(5, 4, ImageLayout.Rgb);

        Assert.Same(image, ImageResizer.Resize(image, 5, 4));
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => ImageResizer.Resize(new Image(5, 4, ImageLayout.Rgb), 0, 4));
        Assert.Throws<ArgumentException>(() => ImageResizer.Resize(new Image(5, 4, ImageLayout.Rgba), 3, 4));
    }
}
