using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

/// <summary>Pictures for the tests: the files of Tests/Data/Images and synthetic ones.</summary>
internal static class TestImages
{
    public const string Lake = "lake.png";
    public const string Alpha = "lake-alpha.png";
    public const string Gray = "lake-gray.png";
    public const string GrayJpeg = "lake-gray.jpg";
    public const string SixteenBit = "lake-16bit.png";
    public const string Turned = "lake-orientation6.jpg";
    public const string AdobeRgb = "lake-adobergb.jpg";
    public const string WebP = "lake.webp";
    public const string Avif = "lake.avif";
    public const string Jxl = "lake.jxl";
    public const string Heic = "lake.heic";
    public const string Spices = "spices.png";

    public static string PathOf(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Codecs.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        Assert.NotNull(folder);
        return Path.Combine(folder, "Tests", "Data", "Images", name);
    }

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static Image Read(string name) => ImageFile.Read(PathOf(name)).Image;

    /// <summary>A picture whose samples all differ from their neighbours, with alpha values over the whole range.</summary>
    public static Image Synthetic(int width, int height, ImageLayout layout)
    {
        var image = new Image(width, height, layout);
        Span<byte> pixels = image.Pixels.Span;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((i * 37) + (i / 7));
        }

        // Never opaque everywhere, so that alpha is not left out on reading.
        if (image.HasAlpha)
        {
            pixels[image.Channels - 1] = 7;
        }

        return image;
    }

    public static double PsnrDb(Image a, Image b)
    {
        Assert.Equal((a.Width, a.Height, a.Layout), (b.Width, b.Height, b.Layout));
        ReadOnlySpan<byte> x = a.Pixels.Span;
        ReadOnlySpan<byte> y = b.Pixels.Span;
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return sum == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255 * x.Length / sum);
    }

    public static void AssertSamePixels(Image expected, Image actual)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Layout), (actual.Width, actual.Height, actual.Layout));
        Assert.True(expected.Pixels.Span.SequenceEqual(actual.Pixels.Span), "The samples differ.");
    }
}
