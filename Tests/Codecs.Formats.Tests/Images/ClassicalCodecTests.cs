using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ClassicalCodecTests
{
    public static TheoryData<string> Names() => [.. ClassicalCodec.All.Select(codec => codec.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void LadderGivesARisingCurve(string name)
    {
        ClassicalCodec codec = ClassicalCodec.Find(name)!;
        Assert.True(codec.IsAvailable);
        Image image = TestImages.Read(TestImages.Lake);

        int bytes = 0;
        double psnrDb = 0;
        foreach (double setting in codec.Ladder)
        {
            byte[] data = codec.Encode(image, setting);
            double now = TestImages.PsnrDb(image, codec.Decode(data));

            Assert.True(data.Length > bytes, $"{setting}: {data.Length} bytes after {bytes}");
            // Very coarse JPEG XL may waver by a little.
            Assert.True(now > psnrDb - 0.3, $"{setting}: {now} dB after {psnrDb}");
            (bytes, psnrDb) = (data.Length, now);
        }

        Assert.True(psnrDb > 35);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheScaleGoesFromTheSmallestFileToTheLargest(string name)
    {
        ClassicalCodec codec = ClassicalCodec.Find(name)!;
        Image image = TestImages.Read(TestImages.Lake);
        int smallest = codec.Encode(image, codec.Scale[0]).Length;
        int largest = codec.Encode(image, codec.Scale[^1]).Length;

        Assert.True(codec.Encode(image, codec.Ladder[0]).Length >= smallest);
        Assert.True(codec.Encode(image, codec.Ladder[^1]).Length <= largest);
        Assert.Equal(codec.Scale, codec.Scale[0] < codec.Scale[^1] ? codec.Scale.Order() : codec.Scale.OrderDescending());
        Assert.Equal(codec.Scale.Distinct(), codec.Scale);
    }

    [Fact]
    public void MetadataCostsNothing()
    {
        Image image = TestImages.Read(TestImages.Lake);
        Image tagged = image.WithMetadata(new ImageMetadata { Xmp = new byte[5000], Exif = ExifOrientationTests.Block(true, 1) });

        foreach (ClassicalCodec codec in ClassicalCodec.All)
        {
            Assert.Equal(codec.Encode(image, codec.Ladder[0]).Length, codec.Encode(tagged, codec.Ladder[0]).Length);
        }
    }

    [Fact]
    public void GrayIsEncodedAsGray()
    {
        Image image = TestImages.Read(TestImages.Gray);

        foreach (ClassicalCodec codec in ClassicalCodec.All)
        {
            Image back = codec.Decode(codec.Encode(image, codec.Ladder[^1]));
            Assert.True(TestImages.PsnrDb(image.ToRgb(), back.ToRgb()) > 30);
        }
    }

    [Fact]
    public void SettingsOutsideTheRangeAreRefused()
    {
        var image = new Image(8, 8, ImageLayout.Rgb);

        Assert.Throws<ArgumentOutOfRangeException>(() => ClassicalCodec.Jpeg.Encode(image, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassicalCodec.Avif.Encode(image, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassicalCodec.Jxl.Encode(image, double.NaN));
    }

    [Fact]
    public void NamesAreFound()
    {
        Assert.Same(ClassicalCodec.AvifSlow, ClassicalCodec.Find("AVIF-slow"));
        Assert.Null(ClassicalCodec.Find("png"));
    }
}
