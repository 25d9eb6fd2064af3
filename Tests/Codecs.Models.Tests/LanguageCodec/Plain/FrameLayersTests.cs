using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Plain;
using Codecs.Models.Tests.Wavelets;

namespace Codecs.Models.Tests.LanguageCodec.Plain;

/// <summary>Every layer is the loop that its formula says, in float32, to the bit.</summary>
public sealed class FrameLayersTests
{
    private const int Channels = 13;

    public static TheoryData<int> Frames => [.. FrameMaps.Frames];

    [Theory]
    [MemberData(nameof(Frames))]
    public void DepthwiseFiltersEachChannelByItself(int frames)
    {
        const int taps = 7;
        FrameMap input = FrameMaps.Random(Channels, frames, seed: 1);
        float[] weight = Signals.Random(Channels * taps, seed: 2), bias = Signals.Random(Channels, seed: 3);
        AssertEach(input, FrameLayers.Depthwise(input, weight, bias), (c, t) =>
        {
            float sum = bias[c];
            for (int k = 0; k < taps; k++)
            {
                sum += weight[(c * taps) + k] * FrameMaps.At(input, c, t + k - (taps / 2));
            }

            return sum;
        });
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void NormalizeGivesEachFrameMeanZeroAndVarianceOneBeforeTheTables(int frames)
    {
        float[] scale = Signals.Random(Channels, seed: 2), shift = Signals.Random(Channels, seed: 3);
        FrameMap input = FrameMaps.Random(Channels, frames, seed: 1, range: 9), output = FrameMaps.Random(Channels, frames, seed: 1, range: 9);
        FrameLayers.Normalize(output, scale, shift);
        AssertEach(input, output, (c, t) =>
        {
            float sum = 0, square = 0;
            for (int i = 0; i < Channels; i++)
            {
                sum += input.Row(i)[t];
            }

            float mean = sum / Channels;
            for (int i = 0; i < Channels; i++)
            {
                float d = input.Row(i)[t] - mean;
                square += d * d;
            }

            float factor = 1 / MathF.Sqrt((square / Channels) + (float)SpeechNorm.Epsilon);
            return ((input.Row(c)[t] - mean) * factor * scale[c]) + shift[c];
        });
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void HardSwishIsFlatBelowMinusThreeAndTheInputAboveThree(int frames)
    {
        FrameMap input = FrameMaps.Random(Channels, frames, seed: 1, range: 5), output = FrameMaps.Random(Channels, frames, seed: 1, range: 5);
        FrameLayers.HardSwish(output);
        AssertEach(input, output, (c, t) => input.Row(c)[t] * Math.Clamp(input.Row(c)[t] + 3, 0, 6) * (1f / 6));
        AssertEach(input, output, (c, t) => input.Row(c)[t] switch
        {
            <= -3 => 0,
            >= 3 and var x => x,
            var x => x * (x + 3) / 6,
        }, tolerance: 1e-6);
    }

    [Fact]
    public void AddAddsAllValues()
    {
        FrameMap a = FrameMaps.Random(Channels, 33, seed: 1), b = FrameMaps.Random(Channels, 33, seed: 2), sum = FrameMaps.Random(Channels, 33, seed: 1);
        FrameLayers.Add(sum, b);
        AssertEach(a, sum, (c, t) => a.Row(c)[t] + b.Row(c)[t]);
    }

    private static void AssertEach(FrameMap input, FrameMap output, Func<int, int, float> expected, double tolerance = 0)
    {
        Assert.Equal((input.Channels, input.Frames), (output.Channels, output.Frames));
        for (int c = 0; c < input.Channels; c++)
        {
            for (int t = 0; t < input.Frames; t++)
            {
                Assert.Equal(expected(c, t), output.Row(c)[t], tolerance);
            }
        }
    }
}
