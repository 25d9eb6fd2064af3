using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageStructureTests
{
    [Fact]
    public void AnimatedPngCountsItsFrames()
    {
        byte[] png = TestImages.Bytes(TestImages.Lake);
        // Behind signature and IHDR: length 8, name, 5 frames, endless, no honest checksum (the walk does not need one).
        byte[] animated = [.. png[..33], 0, 0, 0, 8, .. "acTL"u8, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, .. png[33..]];

        Assert.Equal(4, ImageStructure.FurtherFrames(ImageFormat.Png, animated));
        Assert.Equal(0, ImageStructure.FurtherFrames(ImageFormat.Png, png));
    }

    [Fact]
    public void TiffDirectoriesThatPointInCirclesEnd()
    {
        // Two empty directories, at 8 and 14, each naming the other as its successor.
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 0, 8, 0, 0, 0];

        Assert.Equal(1, ImageStructure.FurtherFrames(ImageFormat.Tiff, tiff));
    }

    [Fact]
    public void BigTiffDirectoriesAreCounted()
    {
        // Offsets of 8 bytes, directories at 16 and 32.
        byte[] tiff = [.. "MM\0+"u8, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, .. new byte[15], 32, .. new byte[16]];

        Assert.Equal(1, ImageStructure.FurtherFrames(ImageFormat.Tiff, tiff));
    }

    [Theory]
    [InlineData(ImageFormat.Png, TestImages.Lake)]
    [InlineData(ImageFormat.WebP, TestImages.WebP)]
    public void EveryPrefixOfAFileIsWalkedWithoutAnError(ImageFormat format, string name)
    {
        byte[] data = TestImages.Bytes(name);
        for (int length = 12; length < Math.Min(data.Length, 600); length++)
        {
            Assert.Equal(0, ImageStructure.FurtherFrames(format, data.AsSpan(0, length)));
        }
    }

    [Fact]
    public void MonochromeIsFoundInTheCodecsHeader()
    {
        byte[] gray = ImageFile.Encode(TestImages.Read(TestImages.Gray), ImageFormat.Avif);

        Assert.True(ImageStructure.IsMonochromeHeif(gray));
        Assert.False(ImageStructure.IsMonochromeHeif(TestImages.Bytes(TestImages.Avif)));
        Assert.False(ImageStructure.IsMonochromeHeif(TestImages.Bytes(TestImages.Heic)));
        Assert.False(ImageStructure.IsMonochromeHeif("av1C"u8));
        Assert.False(ImageStructure.IsMonochromeHeif([]));
    }
}
