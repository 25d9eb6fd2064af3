using System.Globalization;
using ImageMagick;

namespace Codecs.Formats.Media;

/// <summary>From the bytes of a file to an upright 8-bit picture.</summary>
internal static class MagickReader
{
    private const int MaxDecoderWarnings = 8;

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    public static ImageInfo Identify(ReadOnlySpan<byte> data, string name)
    {
        MagickSupport.EnsureReady();
        if (ImageSignature.Detect(data) is not { } format)
        {
            string names = string.Join(", ", ImageFormats.All.Select(ImageFormats.Name));
            throw new MediaException(data.IsEmpty
                ? $"'{name}' cannot be read as a picture: it is empty."
                : $"'{name}' cannot be read as a picture: its first bytes belong to none of {names}.");
        }

        (uint width, uint height) = format == ImageFormat.Png && ImageStructure.PngSize(data) is { } size ? size : Ping(data, format, name);
        // PNG and TIFF have unsigned fields, but nobody reads a side of 2^31.
        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new ImageInfo(format, (int)width, (int)height)
            : throw new MediaException($"'{name}' cannot be read as {ImageFormats.Name(format)}: its header says {width} x {height} pixels.");
    }

    private static (uint Width, uint Height) Ping(ReadOnlySpan<byte> data, ImageFormat format, string name)
    {
        try
        {
            var info = new MagickImageInfo();
            info.Read(data, Settings(format));
            return (info.Width, info.Height);
        }
        catch (MagickException error)
        {
            throw Failure(error, name, format);
        }
    }

    public static ImageReadResult Read(ReadOnlySpan<byte> data, string name, ImageReadOptions options)
    {
        ImageInfo info = Identify(data, name);
        CheckSize(info.Width, info.Height, name, options);

        var warnings = new List<string>();
        bool truncated = false;
        int complaints = 0;
        try
        {
            using var image = new MagickImage();
            image.Warning += (_, e) =>
            {
                string cause = MagickSupport.Cause(e.Exception!);
                // libjpeg fills what is missing with grey and only warns.
                truncated |= cause.Contains("Premature end", StringComparison.OrdinalIgnoreCase);
                if (complaints++ < MaxDecoderWarnings)
                {
                    warnings.Add($"{ImageFormats.Name(info.Format)} decoder: {cause}");
                }
            };
            image.Read(data, Settings(info.Format));
            if (truncated)
            {
                throw new MediaException($"'{name}' cannot be read as {ImageFormats.Name(info.Format)}: the file ends before the picture does.");
            }

            CheckSize(image.Width, image.Height, name, options);
            return new ImageReadResult(Convert(image, data, info.Format, options, warnings), info.Format, warnings);
        }
        catch (MagickException error)
        {
            throw Failure(error, name, info.Format);
        }
    }

    private static Image Convert(MagickImage image, ReadOnlySpan<byte> data, ImageFormat format, ImageReadOptions options, List<string> warnings)
    {
        int further = ImageStructure.FurtherFrames(format, data);
        if (further > 0)
        {
            warnings.Add(further == 1 ? "1 further frame ignored" : $"{further} further frames ignored");
        }

        if (image.Depth > 8)
        {
            warnings.Add($"{image.Depth}-bit samples became 8-bit");
        }

        byte[]? exif = Profile(image, "exif");
        if (exif is not null && exif.AsSpan().StartsWith(ExifPrefix))
        {
            exif = exif[ExifPrefix.Length..];
        }

        byte[]? xmp = Profile(image, "xmp");
        byte[]? iptc = Profile(image, "iptc");
        MakeUpright(image, format, data, exif, xmp);

        // Decided before the conversion, which turns grey into equal red, green and blue.
        bool gray = image.ColorSpace is ColorSpace.Gray or ColorSpace.LinearGray;
        byte[]? icc = ColorConversion.Apply(image, options.KeepColorProfile, warnings);
        var metadata = new ImageMetadata { Exif = exif, Xmp = xmp, Icc = icc, Iptc = iptc };
        bool monochrome = format is ImageFormat.Avif or ImageFormat.Heic && ImageStructure.IsMonochromeHeif(data);
        return TakePixels(image, gray, monochrome, metadata, warnings);
    }

    /// <summary>Turns the pixels as the file asks and resets the request in the metadata, so that nobody turns them again.</summary>
    private static void MakeUpright(MagickImage image, ImageFormat format, ReadOnlySpan<byte> data, byte[]? exif, byte[]? xmp)
    {
        // TIFF and JPEG XL state the orientation themselves; AVIF and HEIC state and apply it; in these four Exif does not count.
        int orientation = format switch
        {
            ImageFormat.Tiff => (int)image.Orientation,
            ImageFormat.Jxl => JxlHeader.Orientation(data),
            ImageFormat.Png or ImageFormat.Jpeg or ImageFormat.WebP => ExifOrientation.Read(exif),
            _ => 0,
        };
        image.Orientation = orientation is >= 1 and <= 8 ? (Orientation)orientation : Orientation.TopLeft;
        image.AutoOrient();
        ExifOrientation.Reset(exif);
        ExifOrientation.ResetXmp(xmp);
    }

    private static Image TakePixels(MagickImage image, bool gray, bool monochrome, ImageMetadata metadata, List<string> warnings)
    {
        int width = checked((int)image.Width);
        int height = checked((int)image.Height);
        bool alpha = image.HasAlpha;
        ImageLayout layout = gray
            ? (alpha ? ImageLayout.GrayAlpha : ImageLayout.Gray)
            : (alpha ? ImageLayout.Rgba : ImageLayout.Rgb);
        string mapping = layout switch
        {
            ImageLayout.Gray => "R",
            ImageLayout.GrayAlpha => "RA",
            ImageLayout.Rgb => "RGB",
            _ => "RGBA",
        };

        Image result;
        using (IUnsafePixelCollection<byte> pixels = image.GetPixelsUnsafe())
        {
            result = new Image(width, height, layout, pixels.ToByteArray(mapping) ?? [], metadata);
        }

        if (monochrome && !gray && PixelLoops.IsGray(result.Pixels.Span, result.Channels))
        {
            var single = new Image(width, height, alpha ? ImageLayout.GrayAlpha : ImageLayout.Gray, metadata);
            PixelLoops.RgbToGray(result.Pixels.Span, single.Pixels.Span, alpha);
            result = single;
        }

        if (alpha && result.IsOpaque)
        {
            warnings.Add("alpha was opaque everywhere and was left out");
            result = result.SplitAlpha().Color;
        }

        return result;
    }

    private static MagickReadSettings Settings(ImageFormat format) => new() { Format = MagickSupport.Coder(format), FrameIndex = 0, FrameCount = 1 };

    private static byte[]? Profile(MagickImage image, string name) => image.GetProfile(name)?.ToByteArray() is { Length: > 0 } bytes ? bytes : null;

    private static void CheckSize(long width, long height, string name, ImageReadOptions options)
    {
        // One array has to hold four samples per pixel, whatever the caller allows.
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);
        if ((Int128)width * height > limit)
        {
            throw new LimitExceededException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' says it is {width} x {height} pixels; the limit is {limit} pixels ({nameof(ImageReadOptions)}.{nameof(options.MaxPixels)})."));
        }
    }

    private static CodecException Failure(MagickException error, string name, ImageFormat format)
    {
        string message = $"'{name}' cannot be read as {ImageFormats.Name(format)}: {MagickSupport.Cause(error)}.";
        return error is MagickResourceLimitErrorException ? new LimitExceededException(message) : new MediaException(message, error);
    }
}
