using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageFormatsTests
{
    [Theory]
    [InlineData("a.png", ImageFormat.Png)]
    [InlineData("dir.x/B.JPEG", ImageFormat.Jpeg)]
    [InlineData("a.b.webp", ImageFormat.WebP)]
    [InlineData("a.tif", ImageFormat.Tiff)]
    [InlineData("a.pgm", ImageFormat.Pnm)]
    [InlineData("a.pam", ImageFormat.Pam)]
    [InlineData("a.jxl", ImageFormat.Jxl)]
    [InlineData("a.heif", ImageFormat.Heic)]
    public void ExtensionNamesTheFormat(string path, ImageFormat expected) => Assert.Equal(expected, ImageFormats.FromPath(path));

    [Theory]
    [InlineData("a.svg")]
    [InlineData("png")]
    [InlineData("")]
    public void UnknownExtensionListsTheKnownOnes(string path)
    {
        var error = Assert.Throws<MediaException>(() => ImageFormats.FromPath(path));

        Assert.All(ImageFormats.All, format => Assert.Contains(ImageFormats.Extensions(format)[0], error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryFormatHasTraitsAndNoExtensionBelongsToTwo()
    {
        Assert.Equal(Enum.GetValues<ImageFormat>().Length, ImageFormats.All.Select(ImageFormats.Name).Distinct().Count());
        string[] extensions = [.. ImageFormats.All.SelectMany(ImageFormats.Extensions)];
        Assert.Equal(extensions.Length, extensions.Distinct().Count());
    }
}
