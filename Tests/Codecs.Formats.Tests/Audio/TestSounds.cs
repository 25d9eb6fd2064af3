using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

/// <summary>Sounds for the tests, all synthetic.</summary>
internal static class TestSounds
{
    /// <summary>Sines of different frequencies in each channel, half of full scale, with a little noise.</summary>
    public static Waveform Tones(int sampleRate, int channels, int count)
    {
        var random = new Random(20260102);
        var waveform = new Waveform(sampleRate, channels, count);
        for (int c = 0; c < channels; c++)
        {
            Span<float> samples = waveform.Channel(c);
            double step = 2 * Math.PI * 220 * (c + 1) / sampleRate;
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (float)((0.5 * Math.Sin(step * i)) + (0.01 * (random.NextDouble() - 0.5)));
            }
        }

        return waveform;
    }

    /// <summary>Every level of a 16-bit sample once, or as many levels of a 24-bit one, spread over its range; a part in each channel.</summary>
    public static Waveform Levels(int bits, int channels)
    {
        int count = (1 << 16) / channels;
        var waveform = new Waveform(48000, channels, count);
        int step = 1 << (bits - 16);
        for (int c = 0; c < channels; c++)
        {
            Span<float> samples = waveform.Channel(c);
            for (int i = 0; i < count; i++)
            {
                long level = (((i * channels) + c - 32768L) * step) + (i % step);
                samples[i] = level / (float)(1 << (bits - 1));
            }
        }

        return waveform;
    }

    /// <summary>Noise whose spectrum ends at a share of the Nyquist frequency: many sines of random phase, peaks well inside full scale.</summary>
    public static float[] BandLimitedNoise(int count, double share)
    {
        var random = new Random(7);
        float[] samples = new float[count];
        const int Sines = 60;
        double[] sum = new double[count];
        for (int s = 0; s < Sines; s++)
        {
            double step = Math.PI * share * (s + random.NextDouble()) / Sines;
            double phase = random.NextDouble() * 2 * Math.PI;
            for (int i = 0; i < count; i++)
            {
                sum[i] += Math.Sin((step * i) + phase);
            }
        }

        for (int i = 0; i < count; i++)
        {
            samples[i] = (float)(sum[i] / Sines);
        }

        return samples;
    }

    /// <summary>Signal to noise ratio in decibel over the middle part, where no edge reaches.</summary>
    public static double Snr(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int margin)
    {
        double signal = 0;
        double noise = 0;
        for (int i = margin; i < expected.Length - margin; i++)
        {
            double error = (double)actual[i] - expected[i];
            signal += (double)expected[i] * expected[i];
            noise += error * error;
        }

        return 10 * Math.Log10(signal / Math.Max(noise, 1e-300));
    }

    /// <summary>A JPEG or PNG picture small enough for any cover.</summary>
    public static AudioCover Cover(ImageFormat format)
    {
        var image = new Image(16, 16, ImageLayout.Rgb);
        image.Pixels.Span.Fill(90);
        return new AudioCover(ImageFile.Encode(image, format));
    }

    public static void AssertSame(Waveform expected, Waveform actual)
    {
        Assert.Equal(expected.ChannelCount, actual.ChannelCount);
        Assert.Equal(expected.SampleCount, actual.SampleCount);
        Assert.Equal(expected.SampleRate, actual.SampleRate);
        for (int c = 0; c < expected.ChannelCount; c++)
        {
            Assert.True(expected.Channel(c).SequenceEqual(actual.Channel(c)), $"channel {c} differs");
        }
    }
}
