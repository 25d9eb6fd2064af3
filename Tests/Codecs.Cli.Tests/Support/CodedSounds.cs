using Codecs.Formats.Media;

namespace Codecs.Cli.Tests.Support;

/// <summary>A sound and its coded file, made by the command itself when first asked for.</summary>
public sealed class CodedSounds
{
    /// <summary>Samples per channel, two units of the model, and the rate.</summary>
    public const int Samples = 140_001, SampleRate = 22_050;

    /// <summary>A tag of the sound.</summary>
    public const string Title = "Zwei Töne";

    private readonly Lazy<byte[]> _coded = new(Encode);

    /// <summary>Stereo with tags.</summary>
    public byte[] Coded => _coded.Value;

    /// <summary>Writes the sound in the format that its name says.</summary>
    internal static void Write(TempFolder folder, string name)
    {
        var sound = new Waveform(SampleRate, 2, Samples);
        for (int i = 0; i < Samples; i++)
        {
            float swell = 0.3f + (0.2f * MathF.Sin(i * 1e-4f));
            (sound.Channel(0)[i], sound.Channel(1)[i]) = (swell * MathF.Sin(0.11f * i), swell * MathF.Sin(0.17f * i));
        }

        AudioFile.Write(folder.At(name), sound, metadata: new() { Tags = new Dictionary<string, string> { ["title"] = Title, ["artist"] = "Codecs" } });
    }

    private static byte[] Encode()
    {
        using var folder = new TempFolder();
        Write(folder, "tones.flac");
        Command.Run(folder, "encode", "tones.flac", "-q", "60").Expect(0);
        return folder.Read("tones.ncf");
    }
}
