using Codecs.Formats.Media;

namespace Codecs.Training.Tests;

internal static class Sounds
{
    /// <summary>Chords that swell, with a little hiss; every channel another.</summary>
    internal static Waveform Chords(int sampleRate, int channels, int seconds)
    {
        var sound = new Waveform(sampleRate, channels, sampleRate * seconds);
        for (int c = 0; c < channels; c++)
        {
            var random = new Random(c);
            Span<float> x = sound.Channel(c);
            for (int i = 0; i < x.Length; i++)
            {
                double t = (double)i / sampleRate, swell = 0.6 + (0.4 * Math.Sin(2 * Math.PI * 0.7 * t));
                double chord = Math.Sin(2 * Math.PI * (220 + (7 * c)) * t) + (0.6 * Math.Sin(2 * Math.PI * 554.4 * t)) + (0.3 * Math.Sin(2 * Math.PI * 1318.5 * t));
                x[i] = (float)((0.25 * swell * chord) + (0.01 * (random.NextDouble() - 0.5)));
            }
        }

        return sound;
    }

    internal static double SnrDb(ReadOnlySpan<float> reference, ReadOnlySpan<float> other)
    {
        double signal = 0, noise = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            signal += (double)reference[i] * reference[i];
            noise += ((double)reference[i] - other[i]) * ((double)reference[i] - other[i]);
        }

        return 10 * Math.Log10(signal / Math.Max(noise, 1e-30));
    }
}
