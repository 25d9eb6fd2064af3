using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(-1, -1, 3)]
    [InlineData(2, 2, 11)]
    [InlineData(2, 2, 13)]
    public void ConstructorRefusesSizesThatDoNotFit(int width, int height, int bytes) =>
        Assert.ThrowsAny<ArgumentException>(() => new Image(width, height, ImageLayout.Rgb, new byte[bytes]));

    [Fact]
    public void ConstructorRefusesPicturesLargerThanAnArray() =>
        Assert.ThrowsAny<ArgumentException>(() => new Image(int.MaxValue, int.MaxValue, ImageLayout.Rgba));

    [Fact]
    public void ConstructorRefusesUnknownLayout() =>
        Assert.ThrowsAny<ArgumentException>(() => new Image(1, 1, (ImageLayout)5));

    [Theory]
    [InlineData(ImageLayout.GrayAlpha, ImageLayout.Gray)]
    [InlineData(ImageLayout.Rgba, ImageLayout.Rgb)]
    public void SplitAndJoinedAlphaGivesTheSamePicture(ImageLayout layout, ImageLayout color)
    {
        Image image = TestImages.Synthetic(5, 3, layout);

        (Image without, byte[]? alpha) = image.SplitAlpha();

        Assert.Equal(color, without.Layout);
        Assert.Equal(15, alpha!.Length);
        Assert.Equal(7, alpha[0]);
        TestImages.AssertSamePixels(image, without.WithAlpha(alpha));
    }

    [Fact]
    public void SplittingAPictureWithoutAlphaReturnsItself()
    {
        Image image = TestImages.Synthetic(2, 2, ImageLayout.Rgb);

        Assert.Same(image, image.SplitAlpha().Color);
        Assert.Null(image.SplitAlpha().Alpha);
    }

    [Fact]
    public void AlphaOfTheWrongLengthIsRefused() =>
        Assert.Throws<ArgumentException>(() => new Image(2, 2, ImageLayout.Rgb).WithAlpha(new byte[3]));

    [Fact]
    public void SecondAlphaIsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new Image(2, 2, ImageLayout.Rgba).WithAlpha(new byte[4]));

    [Fact]
    public void GrayBecomesEqualRedGreenBlue()
    {
        Image rgba = new Image(2, 1, ImageLayout.GrayAlpha, new byte[] { 10, 20, 30, 40 }).ToRgb();

        Assert.Equal(ImageLayout.Rgba, rgba.Layout);
        Assert.Equal(new byte[] { 10, 10, 10, 20, 30, 30, 30, 40 }, rgba.Pixels.ToArray());
        Assert.Equal(new byte[] { 9, 9, 9 }, new Image(1, 1, ImageLayout.Gray, new byte[] { 9 }).ToRgb().Pixels.ToArray());
    }

    [Fact]
    public void FlatteningMixesWithTheBackground()
    {
        Image flat = new Image(3, 1, ImageLayout.GrayAlpha, new byte[] { 100, 0, 100, 255, 100, 51 }).Flatten(200);

        Assert.Equal(new byte[] { 200, 100, 180 }, flat.Pixels.ToArray());
    }

    [Fact]
    public void MetadataIsCarriedThroughEveryConversion()
    {
        var metadata = new ImageMetadata { Xmp = [1, 2, 3] };
        Image image = new Image(1, 1, ImageLayout.GrayAlpha).WithMetadata(metadata);

        Assert.Same(metadata, image.ToRgb().Metadata);
        Assert.Same(metadata, image.Flatten().Metadata);
        Assert.Same(metadata, image.SplitAlpha().Color.Metadata);
        Assert.Same(metadata, image.SplitAlpha().Color.WithAlpha([0]).Metadata);
    }
}
