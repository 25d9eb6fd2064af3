using Codecs.Formats.Media;
using Codecs.Images.Tests;

[assembly: AssemblyFixture(typeof(CodecFixture))]

namespace Codecs.Images.Tests;

/// <summary>The shipped model, opened once, and the test pictures.</summary>
public sealed class CodecFixture : IDisposable
{
    public ImageCodec Codec { get; } = ImageCodec.Open("mlicv2");

    public static Image Picture(string name) => ImageFile.Read(DataPath("Images", name)).Image;

    public static string DataPath(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Data", .. parts]);

    /// <summary>The top left part of a picture.</summary>
    public static Image Crop(Image picture, int width, int height)
    {
        byte[] pixels = new byte[width * height * picture.Channels];
        for (int y = 0; y < height; y++)
        {
            picture.Pixels.Span.Slice(y * picture.Width * picture.Channels, width * picture.Channels)
                .CopyTo(pixels.AsSpan(y * width * picture.Channels));
        }

        return new Image(width, height, picture.Layout, pixels);
    }

    public void Dispose() => Codec.Dispose();
}
