using System.Runtime.Intrinsics;
using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Audio;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(44100, 48000)]
    [InlineData(48000, 44100)]
    [InlineData(11025, 48000)]
    [InlineData(96000, 44100)]
    [InlineData(16000, 24000)]
    [InlineData(44101, 48000)]
    [InlineData(47999, 44101)]
    [InlineData(48000, 8000)]
    public void ASineKeepsItsFrequencyPhaseAndLevel(int from, int to)
    {
        // Close to the end of the pass band, where a filter is worst.
        double frequency = 0.93 * Math.Min(from, to) / 2;
        float[] input = Sine(frequency, from, from / 5);
        float[] expected = Sine(frequency, to, (int)Resampler.OutputCount(input.Length, from, to));

        Waveform output = Resampler.Convert(new Waveform(from, input), to);

        double snr = TestSounds.Snr(expected, output.Channel(0), Margin(from, to));
        Assert.True(snr >= 95, $"{snr:F1} dB");
    }

    [Theory]
    [InlineData(48000, 44100)]
    [InlineData(96000, 44100)]
    [InlineData(48000, 8000)]
    [InlineData(48000, 47999)]
    public void WhatIsAboveTheNewNyquistFrequencyIsGone(int from, int to)
    {
        float[] input = Sine(to / 2.0 * 1.001, from, from / 5);

        ReadOnlySpan<float> output = Resampler.Convert(new Waveform(from, input), to).Channel(0);

        int margin = Margin(from, to);
        double energy = 0;
        foreach (float sample in output[margin..^margin])
        {
            energy += (double)sample * sample;
        }

        double decibel = 10 * Math.Log10(energy / (output.Length - (2 * margin)) / 0.5);
        Assert.True(decibel <= -100, $"{decibel:F1} dB");
    }

    [Theory]
    [InlineData(44100, 48000)]
    [InlineData(16000, 48000)]
    [InlineData(44100, 96000)]
    [InlineData(24000, 44100)]
    public void UpAndDownAgainGivesTheSameSound(int from, int over)
    {
        float[] input = TestSounds.BandLimitedNoise(12000, 0.94);

        Waveform back = Resampler.Convert(Resampler.Convert(new Waveform(from, input), over), from);

        double snr = TestSounds.Snr(input, back.Channel(0), 1000);
        Assert.True(snr >= 90, $"{snr:F1} dB");
    }

    [Theory]
    [InlineData(44100, 48000)]
    [InlineData(48000, 7999)]
    [InlineData(11025, 48000)]
    [InlineData(768000, 8000)]
    [InlineData(48000, 48000)]
    public void TheBitsDoNotDependOnHowTheInputIsCut(int from, int to) =>
        Gen.Select(Gen.Int[0, 9000], Gen.Int[1, 3000].Array[1, 20]).Sample(
            (count, cuts) =>
            {
                float[] input = TestSounds.BandLimitedNoise(count, 0.5);
                ReadOnlySpan<float> whole = Resampler.Convert(new Waveform(from, input), to).Channel(0);
                if (from == to)
                {
                    whole = input;
                }

                var resampler = new Resampler(from, to);
                List<float> pieces = [];
                for (int at = 0, cut = 0; at < count; cut++)
                {
                    int take = Math.Min(cuts[cut % cuts.Length], count - at);
                    float[] room = new float[resampler.MaxOutput(take)];
                    pieces.AddRange(room.AsSpan(0, resampler.Push(input.AsSpan(at, take), room)));
                    at += take;
                }

                float[] rest = new float[resampler.MaxOutput(0)];
                pieces.AddRange(rest.AsSpan(0, resampler.Flush(rest)));
                Assert.True(whole.SequenceEqual(pieces.ToArray()));
            },
            iter: 12);

    [Fact]
    public void TheNumberOfSamplesIsExact() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int[0, 2000]).Sample(
            (from, to, count) =>
            {
                var resampler = new Resampler(from, to);
                float[] room = new float[resampler.MaxOutput(count)];
                int written = resampler.Push(new float[count], room);
                written += resampler.Flush(room.AsSpan(written));
                Assert.Equal((int)Math.Ceiling((decimal)count * to / from), written);
            },
            iter: 30);

    [Fact]
    public void AConstantStaysTheSameConstant()
    {
        float[] input = new float[4000];
        Array.Fill(input, 0.7f);

        ReadOnlySpan<float> output = Resampler.Convert(new Waveform(44100, input), 48000).Channel(0);

        foreach (float sample in output[400..^400])
        {
            Assert.Equal(0.7f, sample, 1e-6f);
        }
    }

    [Fact]
    public void AfterFlushTheNextInputBeginsAnew()
    {
        float[] input = TestSounds.BandLimitedNoise(3000, 0.9);
        var resampler = new Resampler(44100, 48000);
        float[] first = new float[resampler.MaxOutput(input.Length)];
        float[] second = new float[first.Length];

        int written = resampler.Push(input, first);
        resampler.Flush(first.AsSpan(written));
        written = resampler.Push(input, second);
        resampler.Flush(second.AsSpan(written));

        Assert.Equal(first, second);
    }

    [Fact]
    public void TooLittleRoomIsRefused() =>
        Assert.Throws<ArgumentException>(() => new Resampler(8000, 48000).Push(new float[5000], new float[10]));

    [Fact]
    public void TheVectorProductEqualsItsScalarTwin()
    {
        float[] a = TestSounds.BandLimitedNoise(320, 0.9);
        float[] b = TestSounds.BandLimitedNoise(640, 0.4)[320..];
        float[] lanes = new float[16];
        for (int i = 0; i < a.Length; i++)
        {
            lanes[i % 16] += a[i] * b[i];
        }

        for (int width = 8; width >= 1; width /= 2)
        {
            for (int i = 0; i < width; i++)
            {
                lanes[i] += lanes[i + width];
            }
        }

        Assert.Equal(lanes[0], ResamplerKernel.Dot(a, b));
        Assert.Equal(8, Vector256<float>.Count);
    }

    private static int Margin(int from, int to) => (int)(500L * to / Math.Min(from, to)) + 20;

    private static float[] Sine(double frequency, int rate, int count)
    {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++)
        {
            samples[i] = (float)Math.Sin(2 * Math.PI * frequency / rate * i);
        }

        return samples;
    }
}
