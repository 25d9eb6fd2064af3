using System.Numerics;
using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.Walloc;

/// <summary>Gain and compander outside of training: latents to quantiser steps and back, as <see cref="LatentQuantizer"/>. Needs no torch.</summary>
internal sealed class LatentSteps
{
    // 1/2!, 1/3!, ..., 1/8! with the signs of (1 - exp(-x)) / x.
    private const float C1 = -1f / 2, C2 = 1f / 6, C3 = -1f / 24, C4 = 1f / 120, C5 = -1f / 720, C6 = 1f / 5040, C7 = -1f / 40320;
    private readonly RateVector _gain;
    private readonly RateVector _inverseGain;
    private readonly float[] _limit;
    private readonly float[] _inverseLimit;
    private readonly float[] _slope; // (limit - 1) / limit: steps stay one below the limit

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal LatentSteps(SafetensorsFile file, int channels)
    {
        _gain = new RateVector(file, "quantizer.log_gain", channels);
        _inverseGain = new RateVector(file, "quantizer.log_inverse_gain", channels);
        _limit = Array.ConvertAll(
            WeightLoader.Floats(file, "quantizer.log_limit", channels), l => Math.Clamp(MathF.Exp(l), (float)LatentQuantizer.MinLimit, ExactLatentModel.MaxLatent));
        _inverseLimit = Array.ConvertAll(_limit, l => 1 / l);
        _slope = Array.ConvertAll(_limit, l => (l - 1) / l);
    }

    /// <summary>The gains of a rate, [channels].</summary>
    internal float[] Gain(int rate) => _gain.Exp(rate);

    /// <summary>Latents to companded steps, in place; not rounded.</summary>
    /// <param name="latent">[positions, channels].</param>
    /// <param name="rate">Rate index.</param>
    internal void Compand(Span<float> latent, int rate) => Compand(latent, Gain(rate));

    /// <summary>The same for a map in pieces.</summary>
    /// <param name="latent">[positions, channels].</param>
    /// <param name="gain">From <see cref="Gain"/>.</param>
    internal void Compand(Span<float> latent, ReadOnlySpan<float> gain)
    {
        ReadOnlySpan<Vector<float>> gains = Vectors(gain), limits = Vectors(_limit), inverses = Vectors(_inverseLimit), slopes = Vectors(_slope);
        for (; latent.Length > 0; latent = latent[gain.Length..])
        {
            Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(latent[..gain.Length]);
            for (int c = 0; c < wide.Length; c++)
            {
                wide[c] = Compand(wide[c] * gains[c], limits[c], inverses[c]) * slopes[c];
            }

            // Channels that fill no vector.
            for (int c = wide.Length * Vector<float>.Count; c < gain.Length; c++)
            {
                latent[c] = Compand(new Vector<float>(latent[c] * gain[c]), new Vector<float>(_limit[c]), new Vector<float>(_inverseLimit[c]))[0] * _slope[c];
            }
        }
    }

    /// <summary>Steps to latents.</summary>
    /// <param name="steps">[positions, channels].</param>
    /// <param name="rate">Rate index.</param>
    /// <param name="latent">Receives as many.</param>
    internal void Expand(ReadOnlySpan<float> steps, int rate, Span<float> latent)
    {
        float[] gain = _inverseGain.Exp(rate);
        for (int i = 0; i < steps.Length; i++)
        {
            int c = i % gain.Length;

            // In doubles: 1 - size / limit has to keep a small size.
            double size = Math.Abs(steps[i]), limit = _limit[c];
            latent[i] = size == 0 ? 0 : (float)Math.CopySign(-limit * Math.Log(Math.Max(1 - (size / limit), 0.5 / limit)) * gain[c], steps[i]);
        }
    }

    /// <summary>Steps to integers, ties to even.</summary>
    internal static short[] Round(ReadOnlySpan<float> steps)
    {
        short[] rounded = GC.AllocateUninitializedArray<short>(steps.Length);
        Vector<float> largest = new(ExactLatentModel.MaxLatent);
        int i = 0, wide = Vector<float>.Count;
        for (; i <= steps.Length - (2 * wide); i += 2 * wide)
        {
            Vector<float> low = Vector.Round(Vector.Clamp(new Vector<float>(steps[i..]), -largest, largest));
            Vector<float> high = Vector.Round(Vector.Clamp(new Vector<float>(steps[(i + wide)..]), -largest, largest));
            Vector.Narrow(Vector.ConvertToInt32(low), Vector.ConvertToInt32(high)).CopyTo(rounded, i);
        }

        for (; i < rounded.Length; i++)
        {
            rounded[i] = (short)Math.Clamp(MathF.Round(steps[i]), -ExactLatentModel.MaxLatent, ExactLatentModel.MaxLatent);
        }

        return rounded;
    }

    // v (1 - exp(-x)) / x, x = |v| / limit: nothing cancels and the sign comes by itself. The series is good to x = 1/2, which few latents pass.
    private static Vector<float> Compand(Vector<float> v, Vector<float> limit, Vector<float> inverse)
    {
        Vector<float> x = Vector.Abs(v) * inverse;
        Vector<float> series = Vector.MultiplyAddEstimate(x, new Vector<float>(C7), new Vector<float>(C6));
        series = Vector.MultiplyAddEstimate(x, series, new Vector<float>(C5));
        series = Vector.MultiplyAddEstimate(x, series, new Vector<float>(C4));
        series = Vector.MultiplyAddEstimate(x, series, new Vector<float>(C3));
        series = Vector.MultiplyAddEstimate(x, series, new Vector<float>(C2));
        series = Vector.MultiplyAddEstimate(x, series, new Vector<float>(C1));
        series = Vector.MultiplyAddEstimate(x, series, Vector<float>.One);
        var near = new Vector<float>(0.5f);
        if (Vector.LessThanOrEqualAll(x, near))
        {
            return v * series;
        }

        Vector<float> far = Vector.CopySign(limit - (limit * Vector.Exp(-x)), v);
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(x, near), v * series, far);
    }

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
