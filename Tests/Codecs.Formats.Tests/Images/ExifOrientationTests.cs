using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ExifOrientationTests
{
    /// <summary>A minimal Exif block with the orientation as its only entry.</summary>
    public static byte[] Block(bool bigEndian, int orientation) => bigEndian
        ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]
        : [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TagIsFoundAndReset(bool bigEndian)
    {
        byte[] block = Block(bigEndian, 8);

        Assert.Equal(8, ExifOrientation.Read(block));
        ExifOrientation.Reset(block);
        Assert.Equal(Block(bigEndian, 1), block);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DamagedBlocksHaveNoOrientation(bool bigEndian)
    {
        byte[] block = Block(bigEndian, 6);
        for (int length = 0; length < 22; length++)
        {
            Assert.Equal(0, ExifOrientation.Read(block.AsSpan(0, length)));
        }

        byte[] far = Block(bigEndian, 6);
        far.AsSpan(4, 4).Fill(0xFF);
        Assert.Equal(0, ExifOrientation.Read(far));
        Assert.Equal(0, ExifOrientation.Read(Block(bigEndian, 9)));
        Assert.Equal(0, ExifOrientation.Read("Exif is not here at all"u8));
    }

    [Fact]
    public void XmpCopiesAreReset()
    {
        byte[] xmp = "<a tiff:Orientation=\"6\" x='6'/><tiff:Orientation>8</tiff:Orientation><b tiff:Orientation='3'/>tiff:Orientation"u8.ToArray();

        ExifOrientation.ResetXmp(xmp);

        Assert.Equal("<a tiff:Orientation=\"1\" x='6'/><tiff:Orientation>1</tiff:Orientation><b tiff:Orientation='1'/>tiff:Orientation"u8.ToArray(), xmp);
    }
}
