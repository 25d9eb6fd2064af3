using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.Walloc;

/// <summary>Gain and compander outside of training: latents to quantiser steps and back, as <see cref="LatentQuantizer"/>. Needs no torch.</summary>
internal sealed class LatentSteps
{
    private readonly RateVector _gain;
    private readonly RateVector _inverseGain;
    private readonly float[] _limit;

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal LatentSteps(SafetensorsFile file, int channels)
    {
        _gain = new RateVector(file, "quantizer.log_gain", channels);
        _inverseGain = new RateVector(file, "quantizer.log_inverse_gain", channels);
        _limit = Array.ConvertAll(
            WeightLoader.Floats(file, "quantizer.log_limit", channels), l => Math.Clamp(MathF.Exp(l), (float)LatentQuantizer.MinLimit, ExactLatentModel.MaxLatent));
    }

    /// <summary>Latents to companded steps, in place; not rounded.</summary>
    /// <param name="latent">[positions, channels].</param>
    /// <param name="rate">Rate index.</param>
    internal void Compand(Span<float> latent, int rate)
    {
        float[] gain = _gain.Exp(rate);
        for (int i = 0; i < latent.Length; i += gain.Length)
        {
            Span<float> y = latent.Slice(i, gain.Length);
            for (int c = 0; c < y.Length; c++)
            {
                float v = y[c] * gain[c], limit = _limit[c];

                // Near zero the compander is straight, and most latents are near zero.
                y[c] = Math.Abs(v) < 0.45f ? v : MathF.CopySign(limit - (limit * MathF.Exp(-Math.Abs(v) / limit)), v);
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
            float size = Math.Abs(steps[i]), limit = _limit[c];
            latent[i] = size == 0 ? 0 : MathF.CopySign(-limit * MathF.Log(Math.Max(1 - (size / limit), 0.5f / limit)) * gain[c], steps[i]);
        }
    }

    /// <summary>Steps to integers, ties to even.</summary>
    internal static short[] Round(ReadOnlySpan<float> steps)
    {
        short[] rounded = new short[steps.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = (short)Math.Clamp(MathF.Round(steps[i]), -ExactLatentModel.MaxLatent, ExactLatentModel.MaxLatent);
        }

        return rounded;
    }
}
