using Codecs.Formats.Media;
using Codecs.Models.Tests.LanguageCodec;

namespace Codecs.Audio.Tests;

/// <summary>Sounds for the tests: chords that swell, with a little hiss; every channel another.</summary>
internal static class Sounds
{
    internal static Waveform Chords(int sampleRate, int channels, int samples, double peak = 0.5, int seed = 1)
    {
        var sound = new Waveform(sampleRate, channels, samples);
        for (int c = 0; c < channels; c++)
        {
            var random = new Random(seed + c);
            Span<float> x = sound.Channel(c);
            for (int i = 0; i < samples; i++)
            {
                double t = (double)i / sampleRate, swell = 0.6 + (0.4 * Math.Sin(2 * Math.PI * 0.7 * t));
                double chord = Math.Sin(2 * Math.PI * (220 + (7 * c)) * t) + (0.6 * Math.Sin(2 * Math.PI * 554.4 * t)) + (0.3 * Math.Sin(2 * Math.PI * 1318.5 * t));
                x[i] = (float)(peak * ((0.5 * swell * chord) + (0.01 * (random.NextDouble() - 0.5))));
            }
        }

        return sound;
    }

    /// <summary>One channel at 24 kHz out of integers: triangle waves that swell in turn, noise, a pause; the same on every machine.</summary>
    internal static Waveform Exact(int samples)
    {
        float[] noise = IntegerNoise.Create("sound", samples), x = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            int level = Math.Abs((i % 8192) - 4096), pause = i % 24576 < 4096 ? 0 : 1;
            int sum = (Triangle(i, 171) * level) + (Triangle(i, 53) * (4096 - level)) + (Triangle(i, 11) * (level / 4));
            x[i] = pause * ((sum / (float)(1 << 26)) + (noise[i] / 256));
        }

        return new Waveform(24000, x);

        static int Triangle(int i, int period) => (Math.Abs((i % (2 * period)) - period) * 8192 / period) - 4096;
    }

    /// <summary>The file of a sound that reaches the encoder in pieces.</summary>
    internal static byte[] EncodeInPieces(AudioCodec codec, Waveform sound, AudioEncoderOptions options, int piece)
    {
        int channels = sound.ChannelCount;
        using var output = new MemoryStream();
        double peak = Enumerable.Range(0, channels).Max(c => AudioCodec.PeakOf(sound.Channel(c)));
        using AudioEncoder encoder = codec.CreateEncoder(output, new SoundDescription(sound.SampleRate, channels, sound.SampleCount, peak), options);
        for (long at = 0; at < sound.SampleCount; at += piece)
        {
            float[] samples = new float[Math.Min(piece, sound.SampleCount - at) * channels];
            sound.CopyInterleaved(at, samples);
            encoder.Write(samples);
        }

        encoder.Finish();
        return output.ToArray();
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

    internal static float[] ReadAll(AudioDecoder decoder, int block = 8192)
    {
        var all = new List<float>();
        float[] buffer = new float[block * decoder.Channels];
        for (int count; (count = decoder.Read(buffer)) > 0;)
        {
            all.AddRange(buffer.AsSpan(0, count * decoder.Channels));
        }

        return [.. all];
    }
}
