using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Mlicv2;

/// <summary>The four-step entropy model of y: per step a block, a parameter head, and an update by what was decoded.</summary>
/// <remarks>
/// Element (channel k, row r, column c) belongs to step (2·(r mod 2) + c mod 2) XOR (k div 48): 2x2 spatial phases rotated over
/// four channel quarters (the quad-tree partition of DCVC, Li et al., CVPR 2023). This is the float twin used in training; files
/// are coded by its integer form.
/// </remarks>
internal sealed class ContextModel : nn.Module
{
    /// <summary>Brings decoded latents to the size of the state.</summary>
    internal const float UpdateScale = 0.1f;

#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly ModuleList<TokenMixBlock> state;
    internal readonly ModuleList<Pointwise> head;
    internal readonly ModuleList<Pointwise> update;
#pragma warning restore IDE1006

    /// <param name="policy">Number format of the blocks.</param>
    /// <param name="exact">Number format where latents enter and means leave: they need more than bfloat16's eight bits.</param>
    internal ContextModel(ComputePolicy policy, ComputePolicy exact)
        : base("context")
    {
        const int c = L20Config.LatentChannels;
        state = [];
        head = [];
        update = [];
        for (int s = 0; s < L20Config.Steps; s++)
        {
            state.Add(new TokenMixBlock(policy, c));
            head.Add(new Pointwise(exact, c, 2 * c));
            if (s < L20Config.Steps - 1)
            {
                update.Add(new Pointwise(exact, c, c));
            }
        }

        RegisterComponents();
    }

    /// <summary>Rounds y step by step as the coder does and returns what each element was coded with.</summary>
    /// <param name="latent">Latent in quantiser steps, [N, h, w, 192].</param>
    /// <param name="start">State from h_s plus the rate's embedding, [N, h, w, 192].</param>
    /// <returns>Rounded latent (straight-through gradient), means, and real-valued scale indices, all [N, h, w, 192].</returns>
    internal (Tensor Rounded, Tensor Mean, Tensor ScaleIndex) Forward(Tensor latent, Tensor start)
    {
        const int c = L20Config.LatentChannels;
        Tensor steps = StepMask(latent.shape[1], latent.shape[2], latent.device);
        Tensor s = start;
        Tensor rounded = zeros_like(latent), means = zeros_like(latent), indices = zeros_like(latent);
        for (int k = 0; k < L20Config.Steps; k++)
        {
            s = state[k].forward(s);
            Tensor p = head[k].forward(s);
            Tensor mine = steps.eq(k).to(ScalarType.Float32);
            Tensor mean = p.narrow(-1, 0, c) * L20Config.MeanGain;
            Tensor symbols = latent - mean;
            Tensor hard = symbols + (symbols.round() - symbols).detach() + mean;
            rounded = rounded + (hard * mine);
            means = means + (mean * mine);
            indices = indices + (((p.narrow(-1, c, c) * L20Config.ScaleIndexGain) + L20Config.ScaleIndexCentre) * mine);
            if (k < L20Config.Steps - 1)
            {
                s = s + update[k].forward(rounded * UpdateScale);
            }
        }

        return (rounded, means, indices);
    }

    private static Tensor StepMask(long h, long w, Device device)
    {
        Tensor row = arange(h, ScalarType.Int64, device).reshape(1, h, 1, 1) % 2;
        Tensor column = arange(w, ScalarType.Int64, device).reshape(1, 1, w, 1) % 2;
        Tensor quarter = arange(L20Config.LatentChannels, ScalarType.Int64, device)
            .div(L20Config.LatentChannels / L20Config.Steps, RoundingMode.floor).reshape(1, 1, 1, -1);
        return ((row * 2) + column).bitwise_xor(quarter);
    }
}
