using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class StoiTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    [InlineData(-10)]
    public void BothMeasuresAgreeWithTheDefinition(double snrDb)
    {
        float[] clean = Sounds.Speech(1.7, 10_000);
        float[] noisy = Sounds.WithNoise(clean, snrDb);

        Assert.Equal(StoiByDefinition.Stoi(clean, noisy), Stoi.Compute(clean, noisy, 10_000), 1e-9);
        Assert.Equal(StoiByDefinition.Estoi(clean, noisy), Estoi.Compute(clean, noisy, 10_000), 1e-9);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(10_000)]
    [InlineData(16_000)]
    [InlineData(44_100)]
    public void EqualSpeechIsFullyIntelligible(int rateHz)
    {
        float[] speech = Sounds.Speech(1.5, rateHz);

        Assert.Equal(1, Stoi.Compute(speech, speech, rateHz), 1e-9);
        Assert.Equal(1, Estoi.Compute(speech, speech, rateHz), 1e-9);
    }

    [Fact]
    public void LevelDoesNotMatter()
    {
        float[] speech = Sounds.Speech(1.5, 16_000);
        float[] noisy = Sounds.WithNoise(speech, 3);

        Assert.Equal(Stoi.Compute(speech, noisy, 16_000), Stoi.Compute(speech, Sounds.Scaled(noisy, 0.125), 16_000), 1e-9);
        Assert.Equal(Estoi.Compute(speech, noisy, 16_000), Estoi.Compute(Sounds.Scaled(speech, 4), noisy, 16_000), 1e-9);
    }

    [Fact]
    public void MoreNoiseIsLessIntelligible()
    {
        float[] speech = Sounds.Speech(2, 16_000);
        double stoi = 1;
        double estoi = 1;
        foreach (double snrDb in new[] { 30.0, 20, 10, 0, -10 })
        {
            float[] noisy = Sounds.WithNoise(speech, snrDb);
            double nextStoi = Stoi.Compute(speech, noisy, 16_000);
            double nextEstoi = Estoi.Compute(speech, noisy, 16_000);
            Assert.True(nextStoi < stoi && nextEstoi < estoi, $"{snrDb} dB: {stoi} -> {nextStoi}, {estoi} -> {nextEstoi}");
            stoi = nextStoi;
            estoi = nextEstoi;
        }
    }

    [Fact]
    public void UnrelatedNoiseIsNotIntelligible()
    {
        float[] speech = Sounds.Speech(3, 10_000);
        float[] noise = Sounds.Noise(30_000, 0.3, 9);

        Assert.InRange(Stoi.Compute(speech, noise, 10_000), -0.1, 0.35);
        Assert.InRange(Estoi.Compute(speech, noise, 10_000), -0.1, 0.2);
        Assert.InRange(Stoi.Compute(Sounds.Noise(30_000, 0.3, 8), noise, 10_000), -0.05, 0.05);
    }

    [Fact]
    public void WhatHappensInTheSilenceDoesNotMatter()
    {
        float[] speech = [.. Sounds.Speech(1, 10_000), .. new float[5_120], .. Sounds.Speech(1, 10_000, 6)];
        float[] noisy = Sounds.WithNoise(speech, 10);
        float[] worse = [.. noisy];
        for (int i = 10_500; i < 14_600; i++)
        {
            worse[i] += 0.5f * (i % 3);
        }

        Assert.Equal(Stoi.Compute(speech, noisy, 10_000), Stoi.Compute(speech, worse, 10_000), 12);
        Assert.Equal(Estoi.Compute(speech, noisy, 10_000), Estoi.Compute(speech, worse, 10_000), 12);
    }

    [Fact]
    public void SilenceHasNoIntelligibility()
    {
        float[] speech = Sounds.Speech(1, 10_000);

        Assert.Equal(double.NaN, Stoi.Compute(new float[10_000], speech, 10_000));
        Assert.Equal(double.NaN, Estoi.Compute(new float[10_000], speech, 10_000));
        Assert.Equal(0, Stoi.Compute(speech, new float[10_000], 10_000));
        Assert.Equal(0, Estoi.Compute(speech, new float[10_000], 10_000));
    }

    [Fact]
    public void ChannelsAreAveragedAndSilentOnesLeftOut()
    {
        float[] speech = Sounds.Speech(1, 10_000);
        float[] noisy = Sounds.WithNoise(speech, 0);
        float[] reference = [.. speech, .. speech, .. new float[10_000]];

        Assert.Equal((1 + Stoi.Compute(speech, noisy, 10_000)) / 2, Stoi.Compute(reference, [.. speech, .. noisy, .. noisy], 10_000, 3), 1e-12);
        Assert.Equal((1 + Estoi.Compute(speech, noisy, 10_000)) / 2, Estoi.Compute(reference, [.. speech, .. noisy, .. noisy], 10_000, 3), 1e-12);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(10_000)]
    [InlineData(44_100)]
    public void ShortestSpeechHoldsOneSegment(int rateHz)
    {
        float[] noise = Sounds.Noise(SpeechBands.MinSamples(rateHz), 0.3, 4);

        Assert.Equal(1, Stoi.Compute(noise, noise, rateHz), 1e-9);
        Assert.Throws<ArgumentException>(() => Stoi.Compute(noise.AsSpan(1), noise.AsSpan(1), rateHz));
        Assert.Throws<ArgumentException>(() => Estoi.Compute(noise.AsSpan(1), noise.AsSpan(1), rateHz));
    }

    [Fact]
    public void BandsTouchAndReachFromTheFirstToTheLastEdge()
    {
        // 150 / 2^(1/6) = 133.6 Hz is bin 6.84; 3810 * 2^(1/6) = 4276.5 Hz is bin 218.96.
        Assert.Equal(7, SpeechBands.Bins(0).First);
        Assert.Equal(219, SpeechBands.Bins(14).End);
        for (int band = 1; band < SpeechBands.Bands; band++)
        {
            Assert.Equal(SpeechBands.Bins(band - 1).End, SpeechBands.Bins(band).First);
        }
    }
}
