using Codecs.Models.LanguageCodec.Plain;
using Codecs.Models.Tests.Wavelets;

namespace Codecs.Models.Tests.LanguageCodec.Plain;

public sealed class FrameMatrixTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 8, 1)]
    [InlineData(37, 13, 1)]
    [InlineData(9, 4, 3)]
    [InlineData(11, 21, 3)]
    [InlineData(3, 6, 7)]
    [InlineData(16, 17, 7)]
    public void BothWidthsAreTheNaiveSumToTheBit(int inputs, int outputs, int taps)
    {
        float[] weight = Signals.Random(outputs * inputs * taps, seed: 1), bias = Signals.Random(outputs, seed: 2);
        foreach (int frames in FrameMaps.Frames)
        {
            FrameMap input = FrameMaps.Random(inputs, frames, seed: 3);
            float[] expected = Naive(input, weight, bias, taps);
            foreach (bool? wide in (bool?[])[true, false, null])
            {
                FrameMap output = new FrameMatrix(weight, bias, taps, wide).Apply(input);

                Assert.Equal((outputs, frames), (output.Channels, output.Frames));
                Assert.Equal(expected, FrameMaps.Values(output));
            }
        }
    }

    // Float32 after each product and each sum, in the order that the class promises.
    private static float[] Naive(FrameMap input, float[] weight, float[] bias, int taps)
    {
        float[] output = new float[bias.Length * input.Frames];
        for (int i = 0; i < output.Length; i++)
        {
            int o = i / input.Frames, t = i % input.Frames;
            float sum = bias[o];
            for (int c = 0; c < input.Channels; c++)
            {
                for (int k = 0; k < taps; k++)
                {
                    float product = weight[(((o * input.Channels) + c) * taps) + k] * FrameMaps.At(input, c, t + k - (taps / 2));
                    sum += product;
                }
            }

            output[i] = sum;
        }

        return output;
    }
}
