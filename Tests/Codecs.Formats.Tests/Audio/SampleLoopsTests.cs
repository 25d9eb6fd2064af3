using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

public sealed class SampleLoopsTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void QuantizingRoundsToTheNearestLevelAndClips(int bits)
    {
        double scale = 1 << (bits - 1);
        // Odd, so that both the vectors and the rest are exercised.
        float[] samples = new float[4097];
        var random = new Random(3);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)((random.NextDouble() - 0.5) * 2.2);
        }

        (samples[0], samples[1], samples[2], samples[^1], samples[^2]) =
            (float.NaN, float.PositiveInfinity, -1e30f, float.NaN, float.NegativeInfinity);
        float[] quantized = new float[samples.Length];

        SampleLoops.Quantize(samples, quantized, bits);

        for (int i = 0; i < samples.Length; i++)
        {
            double level = float.IsNaN(samples[i]) ? 0 : Math.Clamp(Math.Round(samples[i] * scale), -scale, scale - 1);
            Assert.Equal((float)(level / scale), quantized[i]);
        }
    }

    [Fact]
    public void OnlyWhatIsNoFiniteNumberIsReplaced()
    {
        float[] samples = new float[37];
        Array.Fill(samples, float.MaxValue);
        (samples[0], samples[5], samples[35], samples[36]) = (float.NaN, float.NegativeInfinity, float.NaN, float.PositiveInfinity);

        SampleLoops.ReplaceNonFinite(samples);

        Assert.Equal([0, 5, 35, 36], samples.Index().Where(s => s.Item == 0).Select(s => s.Index));
        Assert.Equal(33, samples.Count(s => s == float.MaxValue));
    }
}
