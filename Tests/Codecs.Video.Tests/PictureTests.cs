using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video.Tests;

public sealed class PictureTests
{
    private readonly VideoCodec _codec = Clips.Codec();

    [Theory]
    [InlineData(ImageLayout.Gray)]
    [InlineData(ImageLayout.GrayAlpha)]
    [InlineData(ImageLayout.Rgb)]
    [InlineData(ImageLayout.Rgba)]
    public void APictureIsAClipOfOneFrame(ImageLayout layout)
    {
        var random = new Random(3);
        byte[] pixels = new byte[17 * 9 * (int)layout];
        random.NextBytes(pixels);
        var image = new Image(17, 9, layout, pixels, new ImageMetadata { Exif = "II*\0"u8.ToArray(), Icc = [1, 2, 3] });
        byte[] file = _codec.EncodePicture(image, new() { Quality = 100 });
        Assert.Equal(MediaKind.Still, Clips.Parse(file).Kind);
        Image back = _codec.DecodePicture(file);
        Assert.Equal((layout, 17, 9), (back.Layout, back.Width, back.Height));
        Assert.Equal(pixels, back.Pixels.ToArray());
        Assert.Equal(image.Metadata.Exif, back.Metadata.Exif);
        Assert.Equal(image.Metadata.Icc, back.Metadata.Icc);
    }

    [Fact]
    public void AVideoIsNoPicture()
    {
        byte[] file = _codec.Encode(Clips.Moving(2), Clips.Film);
        Assert.Throws<UnsupportedBitstreamException>(() => _codec.DecodePicture(file));
    }

    [Fact]
    public void APictureHasNoBitrate() =>
        Assert.Throws<ArgumentException>(() => _codec.EncodePicture(new Image(4, 4, ImageLayout.Rgb), new() { KilobitsPerSecond = 3 }));

    [Fact]
    public void PartsAreToldGroupByGroup()
    {
        byte[] file = _codec.Encode(Clips.Moving(40), Clips.Film, Clips.Lossless);
        IReadOnlyList<VideoGroup> groups = _codec.ReadGroups(new MemoryStream(file));
        Assert.Equal(Clips.Parse(file).Units.Count, groups.Count);
        Assert.All(groups, g => Assert.Equal(g.Bytes - 1, g.Parts!.Values.Sum()));
    }
}
