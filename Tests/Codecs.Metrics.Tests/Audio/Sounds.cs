namespace Codecs.Metrics.Tests.Audio;

/// <summary>Sounds made for the tests.</summary>
internal static class Sounds
{
    public static float[] Noise(int samples, double amplitude, int seed)
    {
        var random = new Random(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)(((2 * random.NextDouble()) - 1) * amplitude);
        }

        return noise;
    }

    public static float[] Sine(int samples, double hz, int rateHz, double amplitude = 0.5)
    {
        float[] sine = new float[samples];
        for (int i = 0; i < sine.Length; i++)
        {
            sine[i] = (float)(amplitude * Math.Sin(2 * Math.PI * hz * i / rateHz));
        }

        return sine;
    }

    /// <summary>Something with the envelope of speech: syllables at 4 Hz of gliding harmonics and hiss, and a silent quarter of a second each 1.5 s.</summary>
    public static float[] Speech(double seconds, int rateHz, int seed = 5)
    {
        var random = new Random(seed);
        float[] speech = new float[(int)(seconds * rateHz)];
        double phase = 0;
        for (int i = 0; i < speech.Length; i++)
        {
            double t = (double)i / rateHz;
            phase += 2 * Math.PI * (120 + (30 * Math.Sin(2 * Math.PI * 0.7 * t))) / rateHz;
            double voiced = 0;
            for (int h = 1; h <= 25; h++)
            {
                double formants = Math.Exp(-Math.Abs(h - 5 - (3 * Math.Sin(5 * t))) / 3) + (0.3 * Math.Exp(-Math.Abs(h - 16 - (4 * Math.Cos(3 * t))) / 2));
                voiced += formants * Math.Sin(h * phase);
            }

            double syllable = Math.Pow(Math.Max(0, Math.Sin(2 * Math.PI * 4 * t)), 0.7);
            double hiss = 0.4 * Math.Max(0, Math.Sin((2 * Math.PI * 4 * t) + 3.5)) * ((2 * random.NextDouble()) - 1);
            speech[i] = t % 1.5 > 1.25 ? 0 : (float)(0.1 * ((voiced * syllable) + hiss));
        }

        return speech;
    }

    /// <summary>The sound with noise added at a ratio in decibels.</summary>
    public static float[] WithNoise(float[] sound, double snrDb, int seed = 77)
    {
        float[] noise = Noise(sound.Length, 1, seed);
        double gain = Math.Sqrt(Energy(sound) / Energy(noise)) * Math.Pow(10, -snrDb / 20);
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)(sound[i] + (gain * noise[i]));
        }

        return noise;
    }

    public static float[] Scaled(float[] sound, double gain) => Array.ConvertAll(sound, value => (float)(value * gain));

    private static double Energy(float[] sound)
    {
        double energy = 0;
        foreach (float value in sound)
        {
            energy += (double)value * value;
        }

        return energy;
    }
}
