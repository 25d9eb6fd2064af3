using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class MelDistanceTests
{
    private static readonly float[] s_sound = Sounds.Noise(8_000, 0.5, 3);

    public static TheoryData<MelDistanceOptions> Presets => [MelDistanceOptions.DacTraining, MelDistanceOptions.DacEvaluation];

    [Theory]
    [MemberData(nameof(Presets))]
    public void EqualSoundsAreAtDistanceZero(MelDistanceOptions options) =>
        Assert.Equal(0, MelDistance.Compute(s_sound, s_sound, 44_100, 2, options), 1e-9);

    [Fact]
    public void HalfTheAmplitudeIsLogTwoPerScaleOfTraining() => Assert.Equal(
        7 * Math.Log10(2), MelDistance.Compute(s_sound, Sounds.Scaled(s_sound, 0.5), 16_000, 1, MelDistanceOptions.DacTraining), 1e-9);

    [Fact]
    public void ScalingMovesLogarithmsAndMagnitudesOfEvaluation()
    {
        // log10 of squares per scale, plus a share of the mean magnitude that cancels here: 1 - 1/4 is 1.5 times 1 - 1/2.
        double half = MelDistance.Compute(s_sound, Sounds.Scaled(s_sound, 0.5), 16_000);
        double quarter = MelDistance.Compute(s_sound, Sounds.Scaled(s_sound, 0.25), 16_000);

        Assert.Equal(2 * Math.Log10(2), quarter - (1.5 * half), 1e-9);
        Assert.True(half > 4 * Math.Log10(2));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.7)]
    public void AgreesWithTheDefinition(double power, double weight)
    {
        float[] a = Sounds.Noise(1_000, 0.5, 1);
        float[] b = Sounds.Noise(1_000, 0.1, 2);
        // Some frames fall below the clamp.
        a.AsSpan(300, 400).Clear();
        b.AsSpan(300, 200).Clear();
        var options = new MelDistanceOptions { Scales = [new(64, 10), new(128, 7)], LogPower = power, MagnitudeWeight = weight };

        double expected = 0;
        foreach (MelScale scale in options.Scales)
        {
            (double log, double magnitude) = ByDefinition(a, b, scale, 16_000);
            expected += (power * log) + (weight * magnitude);
        }

        Assert.Equal(expected, MelDistance.Compute(a, b, 16_000, 1, options), 1e-10);
    }

    [Fact]
    public void DistanceIsSymmetricAndGrowsWithNoise()
    {
        float[] little = Sounds.WithNoise(s_sound, 20);
        float[] much = Sounds.WithNoise(s_sound, 5);

        double distance = MelDistance.Compute(s_sound, little, 16_000);
        Assert.Equal(distance, MelDistance.Compute(little, s_sound, 16_000), 1e-12);
        Assert.InRange(distance, 1e-3, MelDistance.Compute(s_sound, much, 16_000) / 2);
    }

    [Fact]
    public void ChannelsAreAveraged()
    {
        float[] other = Sounds.WithNoise(s_sound, 10);
        float[] reference = [.. s_sound, .. s_sound];

        Assert.Equal(
            MelDistance.Compute(s_sound, other, 16_000) / 2,
            MelDistance.Compute(reference, [.. other, .. s_sound], 16_000, 2), 1e-12);
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentException>(() => MelDistance.Compute(new float[1024], new float[1024], 16_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelDistance.Compute(s_sound, s_sound, 400_000));
        Assert.ThrowsAny<ArgumentException>(() => new MelDistanceOptions { Scales = [] });
        Assert.Throws<ArgumentException>(() => new MelDistanceOptions { Scales = [new(100, 10)] });
        Assert.Throws<ArgumentException>(() => new MelDistanceOptions { Scales = [new(64, 0)] });
        Assert.Throws<ArgumentOutOfRangeException>(() => MelDistanceOptions.DacTraining with { LogPower = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => MelDistanceOptions.DacTraining with { MagnitudeWeight = -1 });
    }

    [Fact]
    public void ShortestSoundThatCanBeMirroredIsMeasured() =>
        Assert.Equal(0, MelDistance.Compute(new float[1025], new float[1025], 16_000));

    private static (double Log, double Magnitude) ByDefinition(float[] a, float[] b, MelScale scale, int rateHz)
    {
        double[][] x = Mel(a, scale, rateHz);
        double[][] y = Mel(b, scale, rateHz);
        double log = 0;
        double magnitude = 0;
        for (int frame = 0; frame < x.Length; frame++)
        {
            for (int band = 0; band < scale.Bands; band++)
            {
                log += Math.Abs(Math.Log10(Math.Max(x[frame][band], 1e-5)) - Math.Log10(Math.Max(y[frame][band], 1e-5)));
                magnitude += Math.Abs(x[frame][band] - y[frame][band]);
            }
        }

        return (log / x.Length / scale.Bands, magnitude / x.Length / scale.Bands);
    }

    private static double[][] Mel(float[] sound, MelScale scale, int rateHz)
    {
        int half = scale.Window / 2;
        double[] padded = new double[sound.Length + scale.Window];
        for (int i = 0; i < padded.Length; i++)
        {
            int at = Math.Abs(i - half);
            padded[i] = sound[at < sound.Length ? at : (2 * (sound.Length - 1)) - at];
        }

        double[] window = new double[scale.Window];
        for (int n = 0; n < window.Length; n++)
        {
            window[n] = Math.Pow(Math.Sin(Math.PI * n / scale.Window), 2);
        }

        double[][] frames = new double[1 + (sound.Length / (scale.Window / 4))][];
        for (int frame = 0; frame < frames.Length; frame++)
        {
            double[] powers = PairedStftTests.Powers(padded, frame * scale.Window / 4, window, scale.Window);
            frames[frame] = new double[scale.Bands];
            for (int band = 0; band < scale.Bands; band++)
            {
                double Edge(int i) => MelFilterBank.ToHz(MelFilterBank.ToMel(rateHz / 2.0) * (band + i) / (scale.Bands + 1));
                for (int k = 0; k <= half; k++)
                {
                    double hz = (double)k * rateHz / scale.Window;
                    double weight = Math.Max(0, Math.Min((hz - Edge(0)) / (Edge(1) - Edge(0)), (Edge(2) - hz) / (Edge(2) - Edge(1))));
                    frames[frame][band] += weight * 2 / (Edge(2) - Edge(0)) * Math.Sqrt(powers[k]);
                }
            }
        }

        return frames;
    }
}
