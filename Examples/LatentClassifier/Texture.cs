using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Examples.LatentClassifier;

/// <summary>Which part of a picture: what is trained on never touches what is tested on.</summary>
internal enum Side
{
    Left,
    Right,
}

/// <summary>A picture, and so a class: crops of its left half are learned, crops of its right are asked for.</summary>
internal sealed class Texture
{
    internal const int MinWidth = 384, MinHeight = 192;

    // Of the width: the left part, a gap that nobody sees, the right part.
    private const double LeftEnd = 0.55, RightStart = 0.65;
    private readonly Image _picture;

    private Texture(Image picture) => _picture = picture;

    /// <summary>Up to so many pictures, spread evenly over what is there; too small ones and copies are passed over.</summary>
    internal static IReadOnlyList<Texture> Load(string source, int most)
    {
        string[] paths = [.. Directory.Exists(source)
            ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : File.ReadLines(source).Where(l => l.Length > 0).Select(l => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(source))!, l.Split('\t')[0]))];
        paths = [.. paths.Where(IsLargeEnough)];
        var textures = new List<Texture>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // Every n-th, then every n-th of the rest, until there are enough.
        int step = Math.Max(1, paths.Length / most);
        for (int first = 0; first < step && textures.Count < most; first++)
        {
            for (int i = first; i < paths.Length && textures.Count < most; i += step)
            {
                Image picture = ImageFile.Read(paths[i]).Image.SplitAlpha().Color.ToRgb();
                if (seen.Add(Convert.ToHexString(SHA256.HashData(picture.Pixels.Span))))
                {
                    textures.Add(new Texture(picture));
                }
            }
        }

        return textures;
    }

    /// <summary>A square somewhere on one side, perhaps mirrored, under light of another strength and colour.</summary>
    internal Image Crop(int size, Side side, Random random)
    {
        int from = side == Side.Left ? 0 : (int)Math.Ceiling(_picture.Width * RightStart);
        int to = side == Side.Left ? (int)(_picture.Width * LeftEnd) : _picture.Width;
        int left = from + random.Next(to - from - size + 1), top = random.Next(_picture.Height - size + 1);
        bool mirrored = random.Next(2) == 0;
        double strength = 0.6 + (0.8 * random.NextDouble());
        double[] light = [.. Enumerable.Range(0, 3).Select(_ => strength * (0.85 + (0.3 * random.NextDouble())))];
        var crop = new Image(size, size, ImageLayout.Rgb);
        ReadOnlySpan<byte> source = _picture.Pixels.Span;
        Span<byte> target = crop.Pixels.Span;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int column = left + (mirrored ? size - 1 - x : x);
                for (int c = 0; c < 3; c++)
                {
                    target[(((y * size) + x) * 3) + c] = (byte)Math.Min(255, light[c] * source[((((top + y) * _picture.Width) + column) * 3) + c]);
                }
            }
        }

        return crop;
    }

    private static bool IsLargeEnough(string path)
    {
        try
        {
            ImageInfo info = ImageFile.Identify(path);
            return info.Width >= MinWidth && info.Height >= MinHeight;
        }
        catch (CodecException)
        {
            return false; // not a picture
        }
    }
}
