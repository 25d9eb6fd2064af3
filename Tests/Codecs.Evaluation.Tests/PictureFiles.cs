using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests;

/// <summary>A folder that goes away, with pictures in it.</summary>
internal sealed class PictureFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("codecs-evaluation-").FullName;

    public static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Images", name);

    public string Add(string name, int width, int height)
    {
        var image = new Image(width, height, ImageLayout.Rgb);
        Span<byte> samples = image.Pixels.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)(((i * 37) + (i / width * 11)) % 256);
        }

        string path = Path.Combine(Folder, name);
        ImageFile.Write(image, path);
        return path;
    }

    public string AddBytes(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
