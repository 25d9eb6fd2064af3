using System.Runtime.Intrinsics;

namespace Codecs.Models.LanguageCodec.Plain;

/// <summary>The layers between the matrices, in place; frames are lanes, so all is the same on every machine (see <see cref="FrameMatrix"/>).</summary>
internal static class FrameLayers
{
    private const int Lanes = 8;

    /// <summary>Depthwise filter: y[c][t] = bias[c] + Σ weight[c, k] · x[c][t + k - taps / 2].</summary>
    /// <param name="input">Zeros behind the last frame.</param>
    /// <param name="weight">[channels, taps].</param>
    /// <param name="bias">[channels].</param>
    internal static FrameMap Depthwise(FrameMap input, float[] weight, float[] bias)
    {
        int taps = weight.Length / bias.Length;
        var output = new FrameMap(input.Channels, input.Frames);
        for (int c = 0; c < input.Channels; c++)
        {
            ReadOnlySpan<float> from = input.Values.AsSpan(input.Start(c) - (taps / 2), input.Padded + taps - 1), w = weight.AsSpan(c * taps, taps);
            Span<float> to = output.Row(c);
            for (int t = 0; t < to.Length; t += Lanes)
            {
                Vector256<float> sum = Vector256.Create(bias[c]);
                for (int k = 0; k < w.Length; k++)
                {
                    sum += Vector256.Create(w[k]) * Vector256.Create(from.Slice(t + k, Lanes));
                }

                sum.CopyTo(to[t..]);
            }
        }

        return output;
    }

    /// <summary>Layer normalisation over channels: (x - mean) / sqrt(variance + epsilon) · scale + shift.</summary>
    internal static void Normalize(FrameMap map, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    {
        Vector256<float> count = Vector256.Create((float)map.Channels), epsilon = Vector256.Create((float)SpeechNorm.Epsilon);
        for (int t = 0; t < map.Padded; t += Lanes)
        {
            Vector256<float> sum = default, square = default;
            for (int c = 0; c < map.Channels; c++)
            {
                sum += Load(map, c, t);
            }

            Vector256<float> mean = sum / count;
            for (int c = 0; c < map.Channels; c++)
            {
                Vector256<float> d = Load(map, c, t) - mean;
                square += d * d;
            }

            Vector256<float> factor = Vector256<float>.One / Vector256.Sqrt((square / count) + epsilon);
            for (int c = 0; c < map.Channels; c++)
            {
                Store(((Load(map, c, t) - mean) * factor * Vector256.Create(scale[c])) + Vector256.Create(shift[c]), map, c, t);
            }
        }
    }

    /// <summary>x · clamp(x + 3, 0, 6) / 6.</summary>
    internal static void HardSwish(FrameMap map)
    {
        Vector256<float> three = Vector256.Create(3f), six = Vector256.Create(6f), sixth = Vector256.Create(1f / 6);
        for (int c = 0; c < map.Channels; c++)
        {
            for (int t = 0; t < map.Padded; t += Lanes)
            {
                Vector256<float> x = Load(map, c, t);
                Store(x * Vector256.Min(Vector256.Max(x + three, Vector256<float>.Zero), six) * sixth, map, c, t);
            }
        }
    }

    /// <summary>Adds a map of the same shape.</summary>
    internal static void Add(FrameMap map, FrameMap other)
    {
        for (int c = 0; c < map.Channels; c++)
        {
            for (int t = 0; t < map.Padded; t += Lanes)
            {
                Store(Load(map, c, t) + Load(other, c, t), map, c, t);
            }
        }
    }

    private static Vector256<float> Load(FrameMap map, int channel, int frame) => Vector256.Create(map.Values.AsSpan(map.Start(channel) + frame, Lanes));

    private static void Store(Vector256<float> values, FrameMap map, int channel, int frame) => values.CopyTo(map.Values.AsSpan(map.Start(channel) + frame, Lanes));
}
