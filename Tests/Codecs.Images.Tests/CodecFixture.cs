using Codecs.Formats.Media;
using Codecs.Images.Tests;

[assembly: AssemblyFixture(typeof(CodecFixture))]

namespace Codecs.Images.Tests;

/// <summary>The shipped models, each opened once, and the test pictures.</summary>
public sealed class CodecFixture : IDisposable
{
    private readonly Dictionary<string, ImageCodec> _codecs = [];

    /// <summary>The default model.</summary>
    public ImageCodec Codec => Of("mlicv2");

    /// <summary>A model by name; tests of different classes may ask at the same time.</summary>
    public ImageCodec Of(string model)
    {
        lock (_codecs)
        {
            return _codecs.TryGetValue(model, out ImageCodec? codec) ? codec : _codecs[model] = ImageCodec.Open(model);
        }
    }

    /// <summary>The model of a golden file, which its name begins with.</summary>
    public static string ModelOf(string golden) => golden[..golden.IndexOf("-r", StringComparison.Ordinal)];

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

    public void Dispose()
    {
        foreach (ImageCodec codec in _codecs.Values)
        {
            codec.Dispose();
        }
    }
}
