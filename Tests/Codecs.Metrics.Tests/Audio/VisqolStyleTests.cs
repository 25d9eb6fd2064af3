using System.Runtime.Intrinsics;
using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class VisqolStyleTests
{
    private const int Rate = 16_000;
    private static readonly float[] s_speech = Sounds.Speech(3, Rate);

    [Theory]
    [InlineData(16_000, 1)]
    [InlineData(44_100, 2)]
    public void EqualSpeechGetsThePublishedScore(int rateHz, int channels)
    {
        float[] speech = Sounds.Speech(2, rateHz);

        Assert.Equal(1, VisqolStyle.Similarity(speech, speech, rateHz, channels), 1e-12);
        Assert.Equal(5, VisqolStyle.Compute(speech, speech, rateHz, channels), 1e-4);
        // ViSQOL 3.3.3, conformance value of a perfect score without scaling
        Assert.Equal(4.015861169223797, VisqolStyle.ToMos(VisqolStyle.Similarity(speech, speech, rateHz, channels), scaleToFive: false), 1e-9);
    }

    [Fact]
    public void MoreNoiseScoresLower()
    {
        double score = 5;
        foreach (double snrDb in new[] { 40.0, 30, 20, 10, 0 })
        {
            double next = VisqolStyle.Compute(s_speech, Sounds.WithNoise(s_speech, snrDb), Rate);
            Assert.True(next < score, $"{snrDb} dB: {score} -> {next}");
            score = next;
        }

        Assert.InRange(score, 1, 2);
    }

    [Fact]
    public void LevelOfTheDegradedSoundDoesNotMatter()
    {
        float[] noisy = Sounds.WithNoise(s_speech, 20);

        Assert.Equal(VisqolStyle.Similarity(s_speech, noisy, Rate), VisqolStyle.Similarity(s_speech, Sounds.Scaled(noisy, 0.25), Rate), 1e-9);
    }

    [Fact]
    public void LostTrebleScoresLower()
    {
        float[] dull = [.. s_speech];
        float[] duller = [.. s_speech];
        float first = 0;
        float second = 0;
        for (int i = 0; i < dull.Length; i++)
        {
            first = dull[i] = (0.5f * first) + (0.5f * s_speech[i]);
            second = duller[i] = (0.8f * second) + (0.2f * s_speech[i]);
        }

        double score = VisqolStyle.Compute(s_speech, dull, Rate);
        Assert.InRange(score, 1.5, 4.9);
        Assert.InRange(VisqolStyle.Compute(s_speech, duller, Rate), 1, score - 0.1);
    }

    [Fact]
    public void UnrelatedSoundScoresNearOne()
    {
        Assert.InRange(VisqolStyle.Compute(s_speech, Sounds.Noise(s_speech.Length, 0.3, 1), Rate), 1, 1.6);
        Assert.InRange(VisqolStyle.Compute(s_speech, new float[s_speech.Length], Rate), 1, 1.6);
    }

    [Fact]
    public void SilentReferenceHasNoScore() => Assert.Equal(double.NaN, VisqolStyle.Compute(new float[Rate], s_speech.AsSpan(0, Rate), Rate));

    [Fact]
    public void ScoresStayWithinTheScale()
    {
        Assert.Equal(1, VisqolStyle.ToMos(0));
        Assert.Equal(5, VisqolStyle.ToMos(1.1));
        Assert.InRange(VisqolStyle.ToMos(0.7), 3.4, 3.6);
    }

    [Fact]
    public void LessThanOnePatchIsRefused()
    {
        // 29 frames: 28 hops of 320 and one frame of 1280 samples.
        float[] shortest = s_speech[..10_240];

        Assert.Equal(1, VisqolStyle.Similarity(shortest, shortest, Rate), 1e-12);
        Assert.Throws<ArgumentException>(() => VisqolStyle.Similarity(shortest.AsSpan(1), shortest.AsSpan(1), Rate));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(1000)]
    [InlineData(7000)]
    public void GammatonePassesItsCentreAndStopsWhatIsFarAway(double centerHz)
    {
        var band = new GammatoneBand(centerHz, Rate);
        double rms = 0.5 / Math.Sqrt(2);

        Assert.Equal(rms, Level(band, centerHz), 0.01 * rms);
        Assert.InRange(Level(band, centerHz + (6 * ((centerHz / 9.26) + 24.7))), 0, 0.01 * rms);
    }

    [Fact]
    public void GammatoneIsDownThreeDecibelsAtTheEdgesOfItsBandwidth()
    {
        // |1 + i x|^-4 = 1 / sqrt(2) at x = 0.435 of 1.019 ERB
        double erb = (1000 / 9.26449) + 24.7;
        double ratio = Level(new GammatoneBand(1000, Rate), 1000 + (0.435 * 1.019 * erb)) / (0.5 / Math.Sqrt(2));

        Assert.Equal(Math.Sqrt(0.5), ratio, 0.02);
    }

    [Fact]
    public void CentresRiseEvenlyOnTheErbScale()
    {
        double[] centers = GammatoneBand.Centers(50, 8000, 21);

        Assert.Equal(21, centers.Length);
        Assert.Equal(50, centers[0], 1e-9);
        double ratio = (centers[1] + 228.8329) / (centers[0] + 228.8329);
        for (int i = 2; i < centers.Length; i++)
        {
            Assert.Equal(ratio, (centers[i] + 228.8329) / (centers[i - 1] + 228.8329), 1e-6);
        }

        Assert.Equal(8000 + 228.8329, (centers[20] + 228.8329) * ratio, 1e-2);
    }

    [Fact]
    public void SimilarityOfFlatPatchesIsTheirIntensityTerm()
    {
        double[] two = new double[30];
        double[] three = new double[30];
        Array.Fill(two, 2);
        Array.Fill(three, 3);

        Assert.Equal((12 + 1e-4) / (13 + 1e-4), Nsim.Patch(two, three, 10, 2, 5), 1e-9);
        Assert.Equal(1, Nsim.Patch(two, two, 10, 0, 10), 1e-12);
    }

    [Fact]
    public void OppositePatternsAreUnlike()
    {
        double[] up = new double[40];
        double[] down = new double[40];
        for (int i = 0; i < 40; i++)
        {
            up[i] = 10 + (i % 2);
            down[i] = 11 - (i % 2);
        }

        Assert.InRange(Nsim.Patch(up, down, 8, 0, 8), -1, -0.9);
    }

    [Fact]
    public void ColumnsOutsideThePatchAreNotLookedAt()
    {
        double[] a = Array.ConvertAll(Sounds.Noise(80, 10, 1), x => (double)x);
        double[] b = Array.ConvertAll(Sounds.Noise(80, 10, 2), x => (double)x);
        double similarity = Nsim.Patch(a, b, 8, 3, 4);
        for (int row = 0; row < 10; row++)
        {
            b[(row * 8) + 2] = 1e6;
            b[(row * 8) + 7] = 1e6;
        }

        Assert.Equal(similarity, Nsim.Patch(a, b, 8, 3, 4));
    }

    [Fact]
    public void SpeechIsWhatReachesAShareOfThePeakNowOrJustBefore()
    {
        double[] levels = [0, 0, 1, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1];
        double[] samples = new double[levels.Length * 10];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = levels[i / 10] * (i % 2 == 0 ? 1 : -1);
        }

        Assert.Equal([true, true, true, true, true, false, true, true, true, false], SpeechActivity.Measure(samples, 10));
    }

    private static double Level(GammatoneBand band, double hz)
    {
        var input = new Vector256<double>[8 * Rate];
        for (int n = 0; n < input.Length; n++)
        {
            input[n] = Vector256.Create(0.5 * Math.Sin(2 * Math.PI * hz * n / Rate));
        }

        return band.RootMeanSquare(input)[1];
    }
}
