using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>The decoder: quantised latents to magnitude and phase of each frame's spectrum, after Vocos (Siuzdak, arXiv 2306.00814).</summary>
/// <remarks>
/// The phase is the direction of a point (a, b) instead of an angle: an angle jumps by 2π somewhere, which a network learns badly without an adversary.
/// </remarks>
internal sealed class FourierDecoder : nn.Module
{
    /// <summary>Numbers of codebooks, 3 to 8, each with rows of their own in the normalisations.</summary>
    internal const int Levels = SpeechShape.Codebooks - SpeechShape.FewestCodebooks + 1;

    /// <summary>Numbers of a frame's spectrum.</summary>
    internal const int Outputs = 3 * SpeechShape.Bins;

    private const double FirstLogMagnitude = -2;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise shortcut;
    internal readonly SpatialConvolution input;
    internal readonly SpeechNorm norm;
    internal readonly ModuleList<ConvNextBlock> blocks;
    internal readonly SpeechNorm last;
    internal readonly Pointwise head;
#pragma warning restore IDE1006

    internal FourierDecoder(ComputePolicy policy)
        : base("decoder")
    {
        const int width = SpeechShape.Width;
        shortcut = new Pointwise(policy, SpeechShape.Latent, 2 * SpeechShape.Bins, hasBias: false);
        input = SpatialConvolution.Temporal(policy, SpeechShape.Latent, width, SpeechShape.Taps);
        norm = new SpeechNorm(width, Levels);
        blocks = new ModuleList<ConvNextBlock>(
            [.. Enumerable.Range(0, SpeechShape.DecoderBlocks).Select(_ => new ConvNextBlock(policy, Levels, 1.0 / SpeechShape.DecoderBlocks))]);
        last = new SpeechNorm(width, Levels);
        head = new Pointwise(policy, width, Outputs);
        using (no_grad())
        {
            head.bias!.narrow(0, 0, SpeechShape.Bins).fill_(FirstLogMagnitude);
        }

        RegisterComponents();
    }

    /// <param name="latent">[N, 1, T, 128], the sum of the code vectors.</param>
    /// <param name="codebooks">How many were summed, int64 [N], 3..8.</param>
    /// <returns>float32 [N, T, 1923]: 641 log magnitudes, then a and b of 641 bins each.</returns>
    internal Tensor Forward(Tensor latent, Tensor codebooks)
    {
        Tensor level = codebooks - SpeechShape.FewestCodebooks;
        Tensor x = norm.Forward(input.forward(latent), level);
        foreach (ConvNextBlock block in blocks)
        {
            x = block.Forward(x, level);
        }

        Tensor output = head.forward(last.Forward(x, level));
        Tensor direction = output.narrow(3, SpeechShape.Bins, 2 * SpeechShape.Bins) + shortcut.forward(latent);
        return cat([output.narrow(3, 0, SpeechShape.Bins), direction], 3).to(ScalarType.Float32).squeeze(1);
    }
}
