using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>The encoder: features of a spectrum (<see cref="SpeechFeatures"/>) to latent vectors.</summary>
/// <remarks>The idea of a spectral front instead of strided convolutions on samples is H. Siuzdak's (hubertsiuzdak/snac, issue 13).</remarks>
internal sealed class SpectralEncoder : nn.Module
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise shortcut;
    internal readonly SpatialConvolution input;
    internal readonly SpeechNorm norm;
    internal readonly ModuleList<ConvNextBlock> blocks;
    internal readonly SpeechNorm last;
    internal readonly SpatialConvolution output;
#pragma warning restore IDE1006

    internal SpectralEncoder(ComputePolicy policy)
        : base("encoder")
    {
        const int width = SpeechShape.Width;
        shortcut = new Pointwise(policy, SpeechShape.Features, SpeechShape.Latent, hasBias: false);
        input = SpatialConvolution.Temporal(policy, SpeechShape.Features, width, SpeechShape.EndTaps);
        norm = new SpeechNorm(width, 1);
        blocks = new ModuleList<ConvNextBlock>(
            [.. Enumerable.Range(0, SpeechShape.EncoderBlocks).Select(_ => new ConvNextBlock(policy, 1, 1.0 / SpeechShape.EncoderBlocks))]);
        last = new SpeechNorm(width, 1);
        output = SpatialConvolution.Temporal(policy, width, SpeechShape.Latent, SpeechShape.EndTaps);
        RegisterComponents();
    }

    /// <param name="features">[N, 1, T, 592].</param>
    /// <returns>z, float32 [N, 1, T, 128].</returns>
    internal Tensor Forward(Tensor features)
    {
        Tensor x = norm.Forward(input.forward(features), null);
        foreach (ConvNextBlock block in blocks)
        {
            x = block.Forward(x, null);
        }

        return (output.forward(last.Forward(x, null)) + shortcut.forward(features)).to(ScalarType.Float32);
    }
}
