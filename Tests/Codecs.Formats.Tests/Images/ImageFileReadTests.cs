using Codecs.Formats.Media;
using ImageMagick;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageFileReadTests
{
    [Theory]
    [InlineData(TestImages.Turned, ImageFormat.Jpeg)]
    [InlineData(TestImages.AdobeRgb, ImageFormat.Jpeg)]
    [InlineData(TestImages.WebP, ImageFormat.WebP)]
    [InlineData(TestImages.Avif, ImageFormat.Avif)]
    [InlineData(TestImages.Jxl, ImageFormat.Jxl)]
    [InlineData(TestImages.Heic, ImageFormat.Heic)]
    public void EveryFileShowsTheSameLake(string name, ImageFormat format)
    {
        ImageReadResult result = ImageFile.Read(TestImages.PathOf(name));

        Assert.Equal(format, result.Format);
        Assert.True(TestImages.PsnrDb(TestImages.Read(TestImages.Lake), result.Image) > 34);
    }

    [Fact]
    public void HeaderIsReadWithoutPixels()
    {
        Assert.Equal(new ImageInfo(ImageFormat.Png, 768, 512), ImageFile.Identify(TestImages.PathOf(TestImages.Spices)));
        Assert.Equal(new ImageInfo(ImageFormat.Jpeg, 64, 96), ImageFile.Identify(TestImages.PathOf(TestImages.Turned)));
        // The pixels are missing here.
        Assert.Equal(96, ImageFile.Identify(TestImages.Bytes(TestImages.Lake).AsSpan(0, 300)).Width);
    }

    [Fact]
    public void TheNameDoesNotDecideTheFormat()
    {
        string path = Path.Combine(Path.GetTempPath(), $"codecs-{Guid.NewGuid():N}.png");
        try
        {
            File.Copy(TestImages.PathOf(TestImages.WebP), path);
            Assert.Equal(ImageFormat.WebP, ImageFile.Read(path).Format);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void OrientationIsAppliedOnceAndReset()
    {
        Image image = TestImages.Read(TestImages.Turned);

        Assert.Equal((96, 64), (image.Width, image.Height));
        Assert.Equal(1, ExifOrientation.Read(image.Metadata.Exif));
        TestImages.AssertSamePixels(image, ImageFile.Read(ImageFile.Encode(image, ImageFormat.Png)).Image);
    }

    [Theory]
    [InlineData(1, 0, 1, 2, 3, 4, 5)]
    [InlineData(2, 2, 1, 0, 5, 4, 3)]
    [InlineData(3, 5, 4, 3, 2, 1, 0)]
    [InlineData(4, 3, 4, 5, 0, 1, 2)]
    [InlineData(5, 0, 3, 1, 4, 2, 5)]
    [InlineData(6, 3, 0, 4, 1, 5, 2)]
    [InlineData(7, 5, 2, 4, 1, 3, 0)]
    [InlineData(8, 2, 5, 1, 4, 0, 3)]
    public void AllEightOrientationsTurnTheRightWay(int orientation, params int[] expected)
    {
        // Stored: 0 1 2 / 3 4 5.
        using var stored = new MagickImage([0, 1, 2, 3, 4, 5], new MagickReadSettings { Format = MagickFormat.Gray, Width = 3, Height = 2, Depth = 8 });
        stored.SetProfile(new ImageProfile("exif", ExifOrientationTests.Block(bigEndian: false, orientation)));
        stored.Orientation = (Orientation)orientation;

        foreach (MagickFormat format in new[] { MagickFormat.Png, MagickFormat.Tiff, MagickFormat.Jxl })
        {
            stored.Quality = 100;
            Image image = ImageFile.Read(stored.ToByteArray(format)).Image;

            Assert.Equal(orientation > 4 ? (2, 3) : (3, 2), (image.Width, image.Height));
            Assert.Equal(expected, image.Pixels.ToArray().Select(p => (int)p));
        }
    }

    [Fact]
    public void JpegXlIgnoresTheOrientationInExif()
    {
        byte[] codestream = TestImages.Bytes(TestImages.Jxl);
        Assert.Equal([0xFF, 0x0A], codestream[..2]);
        byte[] exif = [0, 0, 0, 0, .. ExifOrientationTests.Block(bigEndian: true, orientation: 6)];
        byte[] file =
        [
            .. Box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]), .. Box("ftyp", "jxl \0\0\0\0jxl "u8), .. Box("Exif", exif), .. Box("jxlc", codestream),
        ];

        ImageReadResult result = ImageFile.Read(file);

        Assert.Equal(ImageFormat.Jxl, result.Format);
        TestImages.AssertSamePixels(TestImages.Read(TestImages.Jxl), result.Image);
        Assert.Equal(1, ExifOrientation.Read(result.Image.Metadata.Exif));

        static byte[] Box(string name, ReadOnlySpan<byte> content) =>
            [0, 0, (byte)((content.Length + 8) >> 8), (byte)(content.Length + 8), .. System.Text.Encoding.ASCII.GetBytes(name), .. content];
    }

    [Fact]
    public void ForeignProfileIsConvertedAndNamed()
    {
        ImageReadResult result = ImageFile.Read(TestImages.PathOf(TestImages.AdobeRgb));

        Assert.Equal("ICC profile 'Adobe RGB (1998)' converted to sRGB", Assert.Single(result.Warnings));
        Assert.Null(result.Image.Metadata.Icc);
        Assert.True(TestImages.PsnrDb(TestImages.Read(TestImages.Lake), result.Image) > 34);
    }

    [Fact]
    public void ForeignProfileIsCarriedWhenAsked()
    {
        var keep = new ImageReadOptions { KeepColorProfile = true };
        ImageReadResult result = ImageFile.Read(TestImages.PathOf(TestImages.AdobeRgb), keep);

        Assert.Empty(result.Warnings);
        Assert.Equal(ColorProfiles.AdobeRGB1998.ToByteArray(), result.Image.Metadata.Icc);
        // The stored numbers are those of another colour space.
        Image lake = TestImages.Read(TestImages.Lake);
        Assert.True(TestImages.PsnrDb(lake, result.Image) < TestImages.PsnrDb(lake, TestImages.Read(TestImages.AdobeRgb)) - 3);
        TestImages.AssertSamePixels(result.Image, ImageFile.Read(ImageFile.Encode(result.Image, ImageFormat.Png), keep).Image);
    }

    [Fact]
    public void DamagedProfileIsIgnoredAloud()
    {
        byte[] file = TestImages.Bytes(TestImages.AdobeRgb);
        // The profile's colour space "RGB ", 16 bytes behind its own beginning.
        int at = file.AsSpan().IndexOf("mntrRGB XYZ "u8);
        file[at + 4] = (byte)'?';

        ImageReadResult result = ImageFile.Read(file);

        Assert.Equal("ICC profile 'Adobe RGB (1998)' does not describe this picture's channels and was ignored", Assert.Single(result.Warnings));
        Assert.Null(result.Image.Metadata.Icc);
    }

    [Fact]
    public void SrgbProfileChangesNoSample()
    {
        Image image = TestImages.Read(TestImages.Lake);
        byte[] bytes = ImageFile.Encode(image.WithMetadata(new ImageMetadata { Icc = ColorProfiles.SRGB.ToByteArray() }), ImageFormat.Png);

        ImageReadResult result = ImageFile.Read(bytes);

        Assert.Empty(result.Warnings);
        TestImages.AssertSamePixels(image, result.Image);
    }

    [Fact]
    public void AlphaIsUntouchedByTheColourConversion()
    {
        Image image = TestImages.Read(TestImages.Alpha);
        var tagged = image.WithMetadata(new ImageMetadata { Icc = ColorProfiles.AdobeRGB1998.ToByteArray() });

        Image back = ImageFile.Read(ImageFile.Encode(tagged, ImageFormat.Png)).Image;

        Assert.Equal(image.SplitAlpha().Alpha, back.SplitAlpha().Alpha);
        Assert.True(TestImages.PsnrDb(image, back) < 40);
    }

    [Fact]
    public void ProfileOfOtherChannelsIsIgnoredAloud()
    {
        Image image = TestImages.Read(TestImages.Gray);
        using var gray = new MagickImage(TestImages.Bytes(TestImages.GrayJpeg));
        byte[] jpeg = gray.ToByteArray(MagickFormat.Jpeg);
        // An RGB profile in a grey JPEG: one APP2 segment behind the start marker.
        byte[] icc = ColorProfiles.AdobeRGB1998.ToByteArray()!;
        byte[] body = [.. "ICC_PROFILE\0"u8, 1, 1, .. icc];
        byte[] file = [0xFF, 0xD8, 0xFF, 0xE2, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];

        ImageReadResult result = ImageFile.Read(file);

        Assert.Contains("ignored", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(TestImages.PsnrDb(image, result.Image) > 34);
    }

    [Fact]
    public void CmykIsConvertedThroughItsProfile()
    {
        using var cmyk = new MagickImage(TestImages.PathOf(TestImages.Lake));
        Assert.True(cmyk.TransformColorSpace(ColorProfiles.SRGB, ColorProfiles.USWebCoatedSWOP));
        cmyk.Quality = 95;
        foreach (MagickFormat format in new[] { MagickFormat.Jpeg, MagickFormat.Tiff })
        {
            ImageReadResult result = ImageFile.Read(cmyk.ToByteArray(format), new ImageReadOptions { KeepColorProfile = true });

            Assert.Equal(ImageLayout.Rgb, result.Image.Layout);
            Assert.Contains("converted to sRGB", Assert.Single(result.Warnings), StringComparison.Ordinal);
            Assert.Null(result.Image.Metadata.Icc);
            // Print colours cannot show every blue of the sky.
            Assert.True(TestImages.PsnrDb(TestImages.Read(TestImages.Lake), result.Image) > 20);
        }
    }

    [Theory]
    [InlineData(TestImages.Gray)]
    [InlineData(TestImages.GrayJpeg)]
    public void GrayFilesStayGray(string name)
    {
        ImageReadResult result = ImageFile.Read(TestImages.PathOf(name));

        Assert.Equal(ImageLayout.Gray, result.Image.Layout);
        Assert.Empty(result.Warnings);
        Assert.True(TestImages.PsnrDb(TestImages.Read(TestImages.Gray), result.Image) > 34);
    }

    [Fact]
    public void AlphaIsRead()
    {
        ImageReadResult result = ImageFile.Read(TestImages.PathOf(TestImages.Alpha));

        Assert.Equal(ImageLayout.Rgba, result.Image.Layout);
        Assert.Empty(result.Warnings);
        byte[] alpha = result.Image.SplitAlpha().Alpha!;
        Assert.Equal((0, 255), (alpha[0], alpha[(32 * 96) + 48]));
    }

    [Fact]
    public void OpaqueAlphaIsLeftOutAloud()
    {
        Image image = TestImages.Read(TestImages.Lake);
        byte[] opaque = new byte[image.PixelCount];
        opaque.AsSpan().Fill(255);

        ImageReadResult result = ImageFile.Read(ImageFile.Encode(image.WithAlpha(opaque), ImageFormat.Png));

        Assert.Contains("opaque", Assert.Single(result.Warnings), StringComparison.Ordinal);
        TestImages.AssertSamePixels(image, result.Image);
    }

    [Fact]
    public void SixteenBitSaysThatItBecomesEight()
    {
        ImageReadResult png = ImageFile.Read(TestImages.PathOf(TestImages.SixteenBit));
        ImageReadResult pnm = ImageFile.Read([.. "P5\n2 1\n65535\n"u8, 0, 0, 0x80, 0x80]);

        Assert.Equal("16-bit samples became 8-bit", Assert.Single(png.Warnings));
        Assert.Equal("16-bit samples became 8-bit", Assert.Single(pnm.Warnings));
        Assert.Equal([0, 128], pnm.Image.Pixels.ToArray());
    }

    [Theory]
    [InlineData(MagickFormat.Tiff)]
    [InlineData(MagickFormat.WebP)]
    public void FurtherFramesAreCountedAndIgnored(MagickFormat format)
    {
        using var frames = new MagickImageCollection();
        for (int i = 0; i < 4; i++)
        {
            frames.Add(new MagickImage(new MagickColor((byte)(i * 60), 100, 100), 16, 8) { AnimationDelay = 10 });
        }

        frames[0].Settings.SetDefine("webp:lossless", "true");
        ImageReadResult result = ImageFile.Read(frames.ToByteArray(format));

        Assert.Contains("3 further frames ignored", result.Warnings);
        Assert.Equal((16, 8), (result.Image.Width, result.Image.Height));
        Assert.Equal(0, result.Image.Pixels.Span[0]);
    }

    [Fact]
    public void StreamsAreReadFromWhereTheyStandAndStayOpen()
    {
        using var stream = new MemoryStream([1, 2, 3, .. TestImages.Bytes(TestImages.Lake)]);
        stream.Position = 3;

        TestImages.AssertSamePixels(TestImages.Read(TestImages.Lake), ImageFile.Read(stream).Image);
        Assert.True(stream.CanRead);
    }
}
