using Codecs.Formats.Media;

namespace Codecs.Fuzz.Targets;

/// <summary>A picture file of a classical format.</summary>
internal sealed class ImageFileTarget : FuzzTarget
{
    private static readonly ImageReadOptions s_options = new() { MaxPixels = 1 << 16 };

    internal override string Name => "image-file";

    internal override string Description => "a picture file (PNG, JPEG, WebP, ...): identification and pixels";

    // What the picture library takes is its own; the pixels are ours.
    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (s_options.MaxPixels * 64);

    internal override IEnumerable<byte[]> Seeds()
    {
        byte[] pixels = SampleFiles.Bytes(16 * 12 * 3);
        var image = new Image(16, 12, ImageLayout.Rgb, pixels);
        foreach (ImageFormat format in new[] { ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP })
        {
            yield return ImageFile.Encode(image, format);
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        Image image = ImageFile.Read(input.Span, s_options).Image;
        Require((long)image.Width * image.Height <= s_options.MaxPixels, $"{image.Width} x {image.Height} pixels came through a limit of {s_options.MaxPixels}");
    }
}
