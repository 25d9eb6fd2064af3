using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.EqualBytes;

/// <summary>A codec whose files have a header and then the settings' number of bytes for each pixel; its pictures are wrong by some levels.</summary>
/// <param name="name">Its name.</param>
/// <param name="header">Bytes that every file has.</param>
/// <param name="error">By how many levels every sample is wrong at a setting.</param>
internal sealed class FakeScaledContender(string name, int header, Func<double, int> error) : IScaledContender
{
    private readonly Dictionary<byte[], (Image Image, double Setting)> _sent = [];

    public string Name => name;

    public string Description => "made up";

    public string SettingName => "quality";

    public IReadOnlyList<double> Ladder => Scale;

    public IReadOnlyList<double> Scale { get; init; } = [.. Enumerable.Range(1, 100).Select(i => (double)i)];

    public bool IsAnchor => true;

    public string? CacheKey => null;

    /// <summary>Size and setting of everything that was encoded.</summary>
    public List<(int Width, double Setting)> Encodings { get; } = [];

    public byte[] Encode(Image image, double setting, CancellationToken cancellation)
    {
        Encodings.Add((image.Width, setting));
        byte[] file = new byte[header + (int)(image.PixelCount * setting / 100)];
        _sent.Add(file, (image, setting));
        return file;
    }

    public Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment));
        (Image image, double setting) = _sent[segment.Array!];
        int levels = error(setting);
        byte[] pixels = image.Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(pixels[i] < 128 ? pixels[i] + levels : pixels[i] - levels);
        }

        return new Image(image.Width, image.Height, image.Layout, pixels);
    }
}
