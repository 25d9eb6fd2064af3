using System.Globalization;
using ImageMagick;
using static Codecs.Formats.Media.ImageFormats;

namespace Codecs.Formats.Media;

/// <summary>From a picture to the bytes of a file.</summary>
internal static class MagickWriter
{
    /// <summary>Encodes and says in <paramref name="warnings"/> which metadata the format could not hold.</summary>
    public static byte[] Encode(Image image, ImageFormat format, ImageWriteOptions options, List<string> warnings)
    {
        MagickSupport.EnsureReady();
        FormatTraits traits = Traits(format);
        Image source = Fit(image, traits, options);
        using MagickImage magick = Wrap(source);
        if (options.IncludeMetadata)
        {
            AttachMetadata(magick, source.Metadata, traits, warnings);
        }

        foreach ((string key, string value) in Settings(format, source, options))
        {
            magick.Settings.SetDefine(key, value);
        }

        magick.Quality = (uint)(options.Lossless ? 100 : options.Quality ?? DefaultQuality(format));
        return Encode(magick, format, source.IsGray);
    }

    /// <summary>Encodes pixels alone with settings of the library; for comparisons of codecs.</summary>
    public static byte[] EncodeBare(Image image, ImageFormat format, int quality, ReadOnlySpan<(string Key, string Value)> settings)
    {
        MagickSupport.EnsureReady();
        Image source = Fit(image, Traits(format), ImageWriteOptions.Default);
        using MagickImage magick = Wrap(source);
        foreach ((string key, string value) in settings)
        {
            magick.Settings.SetDefine(key, value);
        }

        magick.Quality = (uint)quality;
        return Encode(magick, format, source.IsGray);
    }

    private static Image Fit(Image image, FormatTraits traits, ImageWriteOptions options)
    {
        if (!traits.Write)
        {
            throw new MediaException($"{traits.Name} can be read but not written; choose PNG, AVIF or JPEG XL.");
        }

        if (options.Lossless && !traits.Lossless)
        {
            throw new MediaException($"{traits.Name} cannot be lossless; choose PNG, WebP, AVIF or JPEG XL.");
        }

        if (Math.Max(image.Width, image.Height) > traits.MaxSide)
        {
            throw new MediaException($"{traits.Name} cannot hold a picture of {image.Width} x {image.Height} pixels: no side may exceed {traits.MaxSide}.");
        }

        if (!image.HasAlpha || traits.Alpha)
        {
            return image;
        }

        return options.FlattenAlpha
            ? image.Flatten(options.FlattenBackground)
            : throw new MediaException(
                $"{traits.Name} has no alpha channel, but the picture has one; choose PNG or WebP, or set {nameof(options.FlattenAlpha)} to lay it over a background.");
    }

    /// <summary>The pixels as the library holds them, to be disposed by the caller; without metadata.</summary>
    public static MagickImage Wrap(Image image)
    {
        var magick = new MagickImage();
        magick.Read(image.Pixels.Span, new MagickReadSettings
        {
            Format = image.Layout switch
            {
                ImageLayout.Gray => MagickFormat.Gray,
                ImageLayout.GrayAlpha => MagickFormat.Graya,
                ImageLayout.Rgb => MagickFormat.Rgb,
                _ => MagickFormat.Rgba,
            },
            Width = (uint)image.Width,
            Height = (uint)image.Height,
            Depth = 8,
        });

        // The library syncs this into the Exif block; left undefined it would write an invalid 0 there.
        magick.Orientation = Orientation.TopLeft;
        if (!image.IsGray)
        {
            // A coloured file of grey content stays coloured.
            magick.SetAttribute("colorspace:auto-grayscale", "false");
        }

        return magick;
    }

    private static void AttachMetadata(MagickImage magick, ImageMetadata metadata, FormatTraits traits, List<string> warnings)
    {
        Attach("icc", "The ICC profile", metadata.Icc, traits.Icc);
        Attach("exif", "Exif", metadata.Exif, traits.Exif);
        Attach("xmp", "XMP", metadata.Xmp, traits.Xmp);
        Attach("iptc", "IPTC", metadata.Iptc, traits.Iptc);

        void Attach(string key, string title, byte[]? block, bool possible)
        {
            if (block is not { Length: > 0 })
            {
                return;
            }

            if (possible)
            {
                magick.SetProfile(key == "icc" ? new ColorProfile(block) : new ImageProfile(key, block));
            }
            else
            {
                warnings.Add($"{title} cannot be stored in {traits.Name} and was left out");
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> Settings(ImageFormat format, Image image, ImageWriteOptions options) => format switch
    {
        ImageFormat.Png =>
        [
            // 0 grey, 2 RGB, 4 grey and alpha, 6 RGB and alpha (PNG 11.2.1): the layout stays what it is. No time stamps: same picture, same bytes.
            ("png:color-type", image.Layout switch { ImageLayout.Gray => "0", ImageLayout.Rgb => "2", ImageLayout.GrayAlpha => "4", _ => "6" }),
            ("png:bit-depth", "8"),
            ("png:compression-level", "9"),
            ("png:compression-strategy", "1"),
            ("png:exclude-chunks", "date,tIME"),
        ],
        ImageFormat.WebP => options.Lossless ? [("webp:lossless", "true"), ("webp:exact", "true")] : [("webp:method", "5")],
        // Matrix 0 (identity) keeps RGB as it is instead of rounding it to YCbCr.
        ImageFormat.Avif when image.IsGray => [],
        ImageFormat.Avif => options.Lossless ? [("heic:chroma", "444"), ("heic:cicp", "1/13/0/1")] : [("heic:chroma", "444")],
        _ => [],
    };

    private static int DefaultQuality(ImageFormat format) => format switch
    {
        ImageFormat.WebP => 85,
        ImageFormat.Avif => 75,
        _ => 90,
    };

    private static byte[] Encode(MagickImage magick, ImageFormat format, bool gray)
    {
        if (format == ImageFormat.Tiff)
        {
            magick.Settings.Compression = CompressionMethod.Zip;
        }

        MagickFormat coder = format == ImageFormat.Pnm ? (gray ? MagickFormat.Pgm : MagickFormat.Ppm) : MagickSupport.Coder(format);
        try
        {
            return magick.ToByteArray(coder);
        }
        catch (MagickException error)
        {
            throw new MediaException(
                string.Create(CultureInfo.InvariantCulture, $"The {magick.Width} x {magick.Height} picture cannot be written as {Name(format)}: {MagickSupport.Cause(error)}."),
                error);
        }
    }
}
