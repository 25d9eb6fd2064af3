using Codecs.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The decoder of <c>walloc-audio</c>: the linear inverse of the encoder plus a network over time.</summary>
internal sealed class AudioWallocDecoder : nn.Module
{
    // ln of a packet, and ln of a packet over the step: what is lost is below half a step. Numbers for torch are held for ever, see WallocRates.
    private static readonly Scalar s_smallestLost = -14.0, s_largestLost = -0.7, s_one = 1;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise shortcut;
    internal readonly SpatialConvolution input;
    internal readonly Parameter gain;
    internal readonly ModuleList<SnakeUnit> units;
    internal readonly Snake last;
    internal readonly SpatialConvolution output;
    internal readonly Pointwise lost;
    internal readonly Parameter log_scale;
#pragma warning restore IDE1006

    internal AudioWallocDecoder(ComputePolicy policy, ComputePolicy exact)
        : base("decoder")
    {
        const int latents = AudioWalloc.Latents, width = AudioWalloc.Width, packets = AudioWalloc.Coefficients;
        shortcut = new Pointwise(exact, latents, packets, hasBias: false);
        input = SpatialConvolution.Temporal(policy, latents, width, SnakeUnit.Taps);
        gain = new Parameter(ones(WallocRates.Levels, width));
        units = new ModuleList<SnakeUnit>([.. AudioWalloc.Dilations.Select(d => new SnakeUnit(policy, width, d))]);
        last = new Snake(width);
        output = SpatialConvolution.Temporal(policy, width, packets, SnakeUnit.Taps);
        lost = new Pointwise(policy, width, packets);
        log_scale = new Parameter(tensor(
            [.. Enumerable.Range(0, WallocRates.Levels).Select(l => (float)Math.Log(AudioWalloc.Step(l * WallocRates.SubLevels)))], [WallocRates.Levels, 1]));
        RegisterComponents();
    }

    /// <param name="steps">Latents in quantiser steps, [N, 1, T, C].</param>
    /// <param name="latent">Expanded latents, [N, 1, T, C].</param>
    /// <param name="rate">Rate indices: [N], or [T] of a single stretch whose rate changes.</param>
    /// <param name="perFrame">True for [T].</param>
    /// <returns>Packets and the size of what they lack, [N, 1, T, 512].</returns>
    internal (Tensor Packets, Tensor Lost) Forward(Tensor steps, Tensor latent, Tensor rate, bool perFrame = false)
    {
        Tensor Mix(Tensor table) => perFrame ? WallocRates.MixAlongRow(table, rate) : WallocRates.Mix(table, rate);

        // Steps span orders of magnitude: the network sees them on a logarithmic scale.
        Tensor t = input.forward((steps.abs() + s_one).log() * steps.sign()) * Mix(gain);
        foreach (SnakeUnit unit in units)
        {
            t = unit.forward(t);
        }

        // What is missing is about a step in size, whatever the rate.
        Tensor scale = Mix(log_scale);
        t = last.forward(t);
        Tensor packets = shortcut.forward(latent) + (output.forward(t) * scale.exp());
        return (packets, (lost.forward(t).clamp_max(s_largestLost) + scale).clamp_min(s_smallestLost).exp());
    }
}
