using Codecs.Formats.Media;

namespace Codecs.Cli.Tests.Support;

/// <summary>A voice and its coded file with all codebooks, made by the command itself when first asked for.</summary>
public sealed class CodedSpeech
{
    /// <summary>Samples, two units of the model, and the rate.</summary>
    public const int Samples = 168_001, SampleRate = 16_000;

    /// <summary>Frames of the model, 75 a second.</summary>
    public const int Frames = 788;

    private readonly Lazy<byte[]> _coded = new(Encode);

    /// <summary>Eight codebooks, with a digest.</summary>
    public byte[] Coded => _coded.Value;

    /// <summary>Writes vowels of a buzzing voice in the format that the name says.</summary>
    internal static void Write(TempFolder folder, string name, int samples = Samples, int channels = 1)
    {
        var sound = new Waveform(SampleRate, channels, samples);
        for (int c = 0; c < channels; c++)
        {
            double phase = 0;
            for (int i = 0; i < samples; i++)
            {
                double t = (double)i / SampleRate, syllable = Math.Max(0, Math.Sin(2 * Math.PI * 3 * t));
                phase += 2 * Math.PI * (120 + (20 * Math.Sin(2 * Math.PI * 0.7 * t))) / SampleRate;
                sound.Channel(c)[i] = (float)(0.3 * syllable * (Math.Sin(phase) + (0.6 * Math.Sin(5 * phase)) + (0.3 * Math.Sin((9 + c) * phase))));
            }
        }

        AudioFile.Write(folder.At(name), sound);
    }

    private static byte[] Encode()
    {
        using var folder = new TempFolder();
        Write(folder, "voice.wav");
        Command.Run(folder, "encode", "voice.wav", "--speech", "--codebooks", "8", "--archive").Expect(0);
        return folder.Read("voice.ncf");
    }
}
