using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>WaLLoC for pictures: a linear layer (or an encoder like the decoder) and the decoder of a Stable Diffusion autoencoder with one
/// stage and no up-sampling, all at the latent's resolution.</summary>
/// <remarks>Rombach et al. 2022; layer names of the diffusers library.</remarks>
internal sealed class ImageNetwork : IFaithfulNetwork
{
    private readonly GaussianCompander _compander;
    private readonly int _levels;

    internal ImageNetwork(FaithfulWallocConfig config, WeightScope weights)
    {
        _levels = config.Levels;
        _compander = new GaussianCompander(config.LatentBits);
        WeightScope encoder = weights.At("encoder.0");
        Encoder = config.LightweightEncoder
            ? new Convolution2d(encoder, config.BandChannels, config.LatentChannels, kernel: 1)
            : CreateEncoder(encoder, config.BandChannels, config.EncoderWidth, config.LatentChannels);
        Decoder = CreateDecoder(weights.At("decoder.1"), config.LatentChannels, config.DecoderWidth, config.BandChannels);
    }

    public ILayer Encoder { get; }

    public ILayer Decoder { get; }

    /// <param name="x">[N, 3, H, W], both sides multiples of 2^J.</param>
    /// <returns>[N, latent channels, H/2^J, W/2^J].</returns>
    public Tensor Analyze(Tensor x)
    {
        using Tensor bands = WaveletPackets.Analyze2d(x, _levels), y = Encoder.Forward(bands), u = _compander.ToUniform(y);
        return GaussianCompander.Quantize(u);
    }

    /// <param name="q">[N, latent channels, H', W'].</param>
    /// <returns>[N, 3, H'·2^J, W'·2^J].</returns>
    public Tensor Synthesize(Tensor q)
    {
        using Tensor z = _compander.ToNormal(q), bands = Decoder.Forward(z);
        return WaveletPackets.Synthesize2d(bands, _levels);
    }

    private static LayerChain CreateDecoder(WeightScope weights, int latent, int width, int bands) => new(
        new Convolution2d(weights.At("conv_in"), latent, width, kernel: 3),
        MiddleBlock(weights.At("mid_block"), width),
        ResidualBlock(weights.At("up_blocks.0.resnets.0"), width),
        ResidualBlock(weights.At("up_blocks.0.resnets.1"), width),
        ResidualBlock(weights.At("up_blocks.0.resnets.2"), width),
        Head(weights, width, bands));

    private static LayerChain CreateEncoder(WeightScope weights, int bands, int width, int latent) => new(
        new Convolution2d(weights.At("conv_in"), bands, width, kernel: 3),
        ResidualBlock(weights.At("down_blocks.0.resnets.0"), width),
        ResidualBlock(weights.At("down_blocks.0.resnets.1"), width),
        MiddleBlock(weights.At("mid_block"), width),
        Head(weights, width, latent));

    private static LayerChain MiddleBlock(WeightScope weights, int width) => new(
        ResidualBlock(weights.At("resnets.0"), width),
        new SelfAttention(weights.At("attentions.0"), width),
        ResidualBlock(weights.At("resnets.1"), width));

    private static LayerChain Head(WeightScope weights, int width, int outputs) => new(
        new GroupNormalization(weights.At("conv_norm_out"), width),
        new SiluLayer(),
        new Convolution2d(weights.At("conv_out"), width, outputs, kernel: 3));

    private static ResidualLayer ResidualBlock(WeightScope weights, int width) => new(
        new GroupNormalization(weights.At("norm1"), width),
        new SiluLayer(),
        new Convolution2d(weights.At("conv1"), width, width, kernel: 3),
        new GroupNormalization(weights.At("norm2"), width),
        new SiluLayer(),
        new Convolution2d(weights.At("conv2"), width, width, kernel: 3));
}
