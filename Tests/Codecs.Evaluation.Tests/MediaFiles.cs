using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests;

/// <summary>A folder that goes away, with pictures and sounds in it.</summary>
internal sealed class MediaFiles : IDisposable
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

    /// <summary>Bursts of noise over a tone, in a WAV file.</summary>
    public string AddSound(string name, double seconds = 1, int sampleRate = 16_000, int channels = 2)
    {
        Waveform sound = Sound(seconds, sampleRate, channels);
        string path = Path.Combine(Folder, name);
        AudioFile.Write(path, sound, new AudioWriteOptions { BitDepth = 32 });
        return path;
    }

    public static Waveform Sound(double seconds, int sampleRate, int channels)
    {
        var sound = new Waveform(sampleRate, channels, (long)(seconds * sampleRate));
        uint noise = 1;
        for (int c = 0; c < channels; c++)
        {
            Span<float> samples = sound.Channel(c);
            for (int i = 0; i < samples.Length; i++)
            {
                noise = (noise * 1_664_525) + 1_013_904_223;
                double t = (double)i / sampleRate;
                samples[i] = (float)((0.3 * Math.Sin(2 * Math.PI * 440 * (c + 1) * t)) + (0.3 * (((noise >> 8) / (double)(1 << 23)) - 1) * Math.Exp(-20 * (t % 0.2))));
            }
        }

        return sound;
    }

    public string AddBytes(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
