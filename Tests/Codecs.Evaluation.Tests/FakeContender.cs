using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests;

/// <summary>A codec whose files have a known size and whose decoder is wrong by a known number of grey levels in every sample.</summary>
internal sealed class FakeContender(string name, bool isAnchor, params FakeContender.Step[] steps) : IImageContender
{
    private Image? _last;

    public string Name => name;

    public string Description => "made up";

    public string SettingName => "quality";

    public IReadOnlyList<double> Ladder { get; } = [.. steps.Select(s => s.Setting)];

    public bool IsAnchor => isAnchor;

    public string? CacheKey { get; init; }

    /// <summary>Pictures wider than this are refused.</summary>
    public int MaxWidth { get; init; } = int.MaxValue;

    public int Encodings { get; private set; }

    public byte[] Encode(Image image, double setting, CancellationToken cancellation)
    {
        if (image.Width > MaxWidth)
        {
            throw new MediaException($"{name} holds {MaxWidth} columns, not {image.Width}.");
        }

        Encodings++;
        _last = image;
        Step step = steps.First(s => s.Setting == setting);
        byte[] file = new byte[(int)Math.Round(step.BitsPerPixel * image.PixelCount / 8)];
        Encoding.UTF8.GetBytes(step.Error.ToString(System.Globalization.CultureInfo.InvariantCulture)).CopyTo(file, 0);
        return file;
    }

    public Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        int error = int.Parse(Encoding.UTF8.GetString(file.Span).TrimEnd('\0'), System.Globalization.CultureInfo.InvariantCulture);
        byte[] pixels = _last!.Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(pixels[i] < 128 ? pixels[i] + error : pixels[i] - error);
        }

        return new Image(_last.Width, _last.Height, _last.Layout, pixels);
    }

    /// <summary>A setting, its file size, and by how many levels each sample is wrong.</summary>
    internal readonly record struct Step(double Setting, double BitsPerPixel, int Error);
}
