using System.Globalization;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageFileRoundTripTests
{
    public static TheoryData<ImageFormat, ImageLayout> LosslessCases()
    {
        var cases = new TheoryData<ImageFormat, ImageLayout>();
        foreach (ImageFormat format in ImageFormats.All)
        {
            foreach (ImageLayout layout in Enum.GetValues<ImageLayout>())
            {
                bool alpha = layout is ImageLayout.GrayAlpha or ImageLayout.Rgba;
                if (ImageFormats.CanWrite(format) && ImageFormats.SupportsLossless(format) && (!alpha || ImageFormats.SupportsAlpha(format)))
                {
                    cases.Add(format, layout);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(LosslessCases))]
    public void LosslessFormatsKeepEverySample(ImageFormat format, ImageLayout layout)
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 5), (23, 17), (64, 48) })
        {
            Image image = TestImages.Synthetic(width, height, layout);

            ImageReadResult back = ImageFile.Read(ImageFile.Encode(image, format, new ImageWriteOptions { Lossless = true }));

            Assert.Equal(format, back.Format);
            Assert.Empty(back.Warnings);
            // WebP and BMP have no grey, AVIF none with alpha: the same picture comes back in three colours.
            bool grayKept = !(format is ImageFormat.WebP or ImageFormat.Bmp || (format == ImageFormat.Avif && layout == ImageLayout.GrayAlpha));
            TestImages.AssertSamePixels(grayKept ? image : image.ToRgb(), back.Image);
        }
    }

    [Theory]
    [MemberData(nameof(LosslessCases))]
    public void GrayContentInAColouredPictureStaysColoured(ImageFormat format, ImageLayout layout)
    {
        if (layout != ImageLayout.Rgb)
        {
            return;
        }

        Image image = TestImages.Read(TestImages.Gray).ToRgb();

        TestImages.AssertSamePixels(image, ImageFile.Read(ImageFile.Encode(image, format, new ImageWriteOptions { Lossless = true })).Image);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Jxl)]
    public void LossyFormatsStayCloseAndQualityCostsBytes(ImageFormat format)
    {
        Image image = TestImages.Read(TestImages.Lake);

        byte[] usual = ImageFile.Encode(image, format);
        byte[] coarse = ImageFile.Encode(image, format, new ImageWriteOptions { Quality = 20 });

        double usualDb = TestImages.PsnrDb(image, ImageFile.Read(usual).Image);
        double coarseDb = TestImages.PsnrDb(image, ImageFile.Read(coarse).Image);
        Assert.True(usualDb > 33, $"{usualDb} dB");
        Assert.True(coarseDb > 22 && coarseDb < usualDb - 3, $"{coarseDb} dB");
        Assert.True(coarse.Length < usual.Length);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Jxl)]
    public void LossyFormatsTakeOnePixel(ImageFormat format)
    {
        Image back = ImageFile.Read(ImageFile.Encode(new Image(1, 1, ImageLayout.Rgb, new byte[] { 200, 100, 50 }), format)).Image;

        Assert.Equal((1, 1), (back.Width, back.Height));
        Assert.InRange(back.Pixels.Span[0], 185, 215);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Jxl)]
    public void GrayStaysGrayInLossyFormats(ImageFormat format)
    {
        Image image = TestImages.Read(TestImages.Gray);

        Assert.True(TestImages.PsnrDb(image, ImageFile.Read(ImageFile.Encode(image, format)).Image) > 33);
    }

    [Theory]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Jxl)]
    public void AlphaSurvivesLossyFormats(ImageFormat format)
    {
        Image image = TestImages.Read(TestImages.Alpha);
        Image back = ImageFile.Read(ImageFile.Encode(image, format)).Image;

        byte[] before = image.SplitAlpha().Alpha!;
        byte[] after = back.SplitAlpha().Alpha!;
        double meanError = before.Zip(after, (x, y) => Math.Abs(x - y)).Average();
        Assert.True(meanError < 3, $"{meanError} levels");
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Tiff)]
    [InlineData(ImageFormat.Bmp)]
    [InlineData(ImageFormat.Pnm)]
    [InlineData(ImageFormat.Pam)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Jxl)]
    public void MetadataComesBackOrIsReportedMissing(ImageFormat format)
    {
        var metadata = new ImageMetadata
        {
            Exif = ExifOrientationTests.Block(bigEndian: true, orientation: 1),
            Xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8.ToArray(),
            Icc = ImageMagick.ColorProfiles.AdobeRGB1998.ToByteArray(),
            // One record: caption "abc".
            Iptc = [0x1C, 2, 120, 0, 3, (byte)'a', (byte)'b', (byte)'c'],
        };
        Image image = TestImages.Read(TestImages.Lake).WithMetadata(metadata);
        using var stream = new MemoryStream();

        IReadOnlyList<string> warnings = ImageFile.Write(image, stream, format);

        stream.Position = 0;
        ImageMetadata back = ImageFile.Read(stream, new ImageReadOptions { KeepColorProfile = true }).Image.Metadata;
        AssertBlock(metadata.Exif, back.Exif, "Exif");
        AssertBlock(metadata.Xmp, back.Xmp, "XMP");
        AssertBlock(metadata.Iptc, back.Iptc, "IPTC");
        // JPEG XL describes the profile's colours in a form of its own and rebuilds an equivalent profile.
        AssertBlock(format == ImageFormat.Jxl ? back.Icc : metadata.Icc, back.Icc, "ICC");

        void AssertBlock(byte[]? written, byte[]? read, string title)
        {
            if (warnings.Any(w => w.Contains(title, StringComparison.Ordinal)))
            {
                Assert.Null(read);
            }
            else
            {
                Assert.NotNull(read);
                Assert.True(read.AsSpan().StartsWith(written), $"{title} changed");
                // A terminating or padding byte may be added.
                Assert.InRange(read.Length, written!.Length, written.Length + 4);
            }
        }
    }

    [Fact]
    public void MetadataCanBeLeftOut()
    {
        Image image = TestImages.Read(TestImages.Turned);
        Assert.NotNull(image.Metadata.Exif);

        byte[] bytes = ImageFile.Encode(image, ImageFormat.Png, new ImageWriteOptions { IncludeMetadata = false });

        Assert.True(ImageFile.Read(bytes).Image.Metadata.IsEmpty);
    }

    [Fact]
    public void AlphaIsNeverDroppedUnlessAskedFor()
    {
        Image image = TestImages.Read(TestImages.Alpha);

        foreach (ImageFormat format in new[] { ImageFormat.Jpeg, ImageFormat.Pnm })
        {
            var error = Assert.Throws<MediaException>(() => ImageFile.Encode(image, format));
            Assert.Contains("alpha", error.Message, StringComparison.Ordinal);
        }

        byte[] flat = ImageFile.Encode(image, ImageFormat.Pnm, new ImageWriteOptions { FlattenAlpha = true, FlattenBackground = 0 });
        TestImages.AssertSamePixels(image.Flatten(0), ImageFile.Read(flat).Image);
    }

    [Theory]
    [InlineData(ImageFormat.WebP, 16384)]
    [InlineData(ImageFormat.Jpeg, 65501)]
    public void SidesBeyondTheFormatAreRefused(ImageFormat format, int width)
    {
        var error = Assert.Throws<MediaException>(() => ImageFile.Encode(new Image(width, 1, ImageLayout.Gray), format));

        Assert.Contains(width.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAFormatCannotDoIsSaid()
    {
        var image = new Image(1, 1, ImageLayout.Gray);

        Assert.Throws<MediaException>(() => ImageFile.Encode(image, ImageFormat.Heic));
        Assert.Throws<MediaException>(() => ImageFile.Encode(image, ImageFormat.Jpeg, new ImageWriteOptions { Lossless = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageWriteOptions { Quality = 0 });
    }

    [Fact]
    public void WritingReplacesTheFileAndLeavesNothingElse()
    {
        string folder = Directory.CreateTempSubdirectory("codecs-").FullName;
        try
        {
            string path = Path.Combine(folder, "a.png");
            File.WriteAllText(path, "old");
            Image image = TestImages.Synthetic(4, 4, ImageLayout.Rgb);

            ImageFile.Write(image, path);

            TestImages.AssertSamePixels(image, ImageFile.Read(path).Image);
            Assert.Equal([path], Directory.GetFiles(folder));

            Assert.Throws<MediaException>(() => ImageFile.Write(image, Path.Combine(folder, "missing", "b.png")));
            Directory.CreateDirectory(Path.Combine(folder, "c.png"));
            Assert.Throws<MediaException>(() => ImageFile.Write(image, Path.Combine(folder, "c.png")));
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void SamePictureGivesSameBytes()
    {
        Image image = TestImages.Read(TestImages.Lake);

        byte[] first = ImageFile.Encode(image, ImageFormat.Png);
        Thread.Sleep(1100);

        Assert.True(first.AsSpan().SequenceEqual(ImageFile.Encode(image, ImageFormat.Png)), "A time stamp crept in.");
    }
}
