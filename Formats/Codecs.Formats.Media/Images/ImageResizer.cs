using ImageMagick;

namespace Codecs.Formats.Media;

/// <summary>Pictures at other sizes.</summary>
public static class ImageResizer
{
    /// <summary>The picture at another size, by Lanczos' filter with three lobes on the samples as stored, as most programs do it.</summary>
    /// <param name="image">The picture, of layout Gray or Rgb.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <returns>A picture of the same layout and metadata; <paramref name="image"/> itself when it has that size.</returns>
    /// <exception cref="ArgumentException">A dimension is below 1, or the picture has alpha.</exception>
    /// <exception cref="MediaException">The library cannot do it, for want of memory.</exception>
    public static Image Resize(Image image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (image.HasAlpha)
        {
            throw new ArgumentException("Colours under transparency would leak; split the alpha plane off first.", nameof(image));
        }

        if (width == image.Width && height == image.Height)
        {
            return image;
        }

        MagickSupport.EnsureReady();
        try
        {
            using MagickImage magick = MagickWriter.Wrap(image);
            magick.FilterType = FilterType.Lanczos;
            magick.Resize(new MagickGeometry((uint)width, (uint)height) { IgnoreAspectRatio = true });
            using IUnsafePixelCollection<byte> pixels = magick.GetPixelsUnsafe();
            return new Image(width, height, image.Layout, pixels.ToByteArray(image.IsGray ? "R" : "RGB") ?? [], image.Metadata);
        }
        catch (MagickException error)
        {
            throw new MediaException($"The {image.Width} x {image.Height} picture cannot be resized to {width} x {height}: {MagickSupport.Cause(error)}.", error);
        }
    }
}
