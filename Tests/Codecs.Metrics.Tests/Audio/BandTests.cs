using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

/// <summary>The measures that look at frequency ranges: band SNR and roll-off.</summary>
public sealed class BandTests
{
    private const int Rate = 16_000;

    [Fact]
    public void OnlyTheDamagedBandLoses()
    {
        float[] reference = Mix(1, 1);
        float[] degraded = Mix(1, 0.9);

        double[] ratios = BandSnr.Compute(reference, degraded, Rate, [0, 3_000, 8_001]);

        Assert.Equal(2, ratios.Length);
        Assert.InRange(ratios[0], 60, double.PositiveInfinity);
        Assert.Equal(20, ratios[1], 1e-3);
    }

    [Fact]
    public void OneBandOverEverythingIsNearThePlainRatio()
    {
        float[] sound = Sounds.Noise(Rate, 0.5, 1);

        Assert.Equal(13, BandSnr.Compute(sound, Sounds.WithNoise(sound, 13), Rate, [0, 8_001])[0], 0.1);
    }

    [Fact]
    public void BandsWithoutSoundHaveNoRatio()
    {
        Assert.Equal([double.NaN, double.NaN], BandSnr.Compute(new float[1_000], Sounds.Noise(1_000, 1, 1), Rate, [0, 4_000, 8_000]));
        Assert.Equal([double.NaN], BandSnr.Compute(Sounds.Noise(1_000, 1, 1), Sounds.Noise(1_000, 1, 1), Rate, [9_000, 10_000]));
        Assert.Equal([double.PositiveInfinity], BandSnr.Compute(Sounds.Noise(1_000, 1, 1), Sounds.Noise(1_000, 1, 1), Rate, [0, 8_000]));
    }

    [Fact]
    public void EdgesMustRise()
    {
        float[] sound = new float[1_000];
        Assert.Throws<ArgumentException>(() => BandSnr.Compute(sound, sound, Rate, [0, 100, 100]));
        Assert.Throws<ArgumentException>(() => BandSnr.Compute(sound, sound, Rate, [0, double.NaN]));
        Assert.ThrowsAny<ArgumentException>(() => BandSnr.Compute(sound, sound, Rate, [0]));
    }

    [Fact]
    public void RollOffOfAToneIsItsFrequency() =>
        // Bin 64 of 512 at 31.25 Hz; the window spreads a sixth of the power to each side.
        Assert.Equal(2_000, SpectralRollOff.Compute(Sounds.Sine(Rate, 2_000, Rate), Rate), 31.25);

    [Fact]
    public void RollOffOfTwoTonesFollowsTheShare()
    {
        // Powers 0.8 and 0.2
        float[] sound = Mix(2, 1);

        Assert.Equal(1_000, SpectralRollOff.Compute(sound, Rate, 1, 0.7), 32.0);
        Assert.Equal(6_000, SpectralRollOff.Compute(sound, Rate, 1, 0.9), 32.0);
    }

    [Fact]
    public void RollOffOfWhiteNoiseIsNinetyFivePercentOfTheRange() =>
        Assert.Equal(0.95 * 8_000, SpectralRollOff.Compute(Sounds.Noise(4 * Rate, 0.5, 1), Rate), 80.0);

    [Fact]
    public void RollOffOfSilenceIsUndefined()
    {
        Assert.Equal(double.NaN, SpectralRollOff.Compute(new float[1_000], Rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpectralRollOff.Compute(new float[1_000], Rate, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpectralRollOff.Compute(new float[1_000], Rate, 1, 1.1));
    }

    /// <summary>Tones at 1 and 6 kHz.</summary>
    private static float[] Mix(double low, double high)
    {
        float[] sum = Sounds.Sine(Rate, 1_000, Rate, 0.2 * low);
        float[] other = Sounds.Sine(Rate, 6_000, Rate, 0.2 * high);
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += other[i];
        }

        return sum;
    }
}
