using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>Pictures to latents.</summary>
internal sealed class VqganEncoder : ILayer
{
    private readonly LayerChain _layers;

    internal VqganEncoder(FaithfulVqganConfig config, WeightScope weights)
    {
        int channels = config.Channels, last = config.Multipliers.Count - 1;
        List<ILayer> layers = [new Convolution2d(weights.At("conv_in"), 3, channels, kernel: 3)];
        for (int level = 0; level <= last; level++)
        {
            WeightScope scope = weights.At($"down.{level}");
            for (int block = 0; block < config.Blocks; block++)
            {
                layers.Add(new ResidualBlock(scope.At($"block.{block}"), channels, config.Width(level)));
                channels = config.Width(level);
                if (config.HasAttention(level))
                {
                    layers.Add(new AttentionBlock(scope.At($"attn.{block}"), channels));
                }
            }

            if (level < last)
            {
                layers.Add(new HalvingLayer(scope.At("downsample"), channels));
            }
        }

        layers.AddRange(Middle(weights.At("mid"), channels));
        layers.Add(new NormalizedSwish(weights.At("norm_out"), channels));
        layers.Add(new Convolution2d(weights.At("conv_out"), channels, config.LatentChannels, kernel: 3));
        _layers = new LayerChain([.. layers]);
    }

    /// <param name="x">[N, 3, H, W] in ±1, both sides multiples of the stride.</param>
    /// <returns>[N, latent channels, H/stride, W/stride].</returns>
    public Tensor Forward(Tensor x) => _layers.Forward(x);

    /// <summary>The layers at the lowest resolution that encoder and decoder have both.</summary>
    internal static ILayer[] Middle(WeightScope weights, int channels) =>
    [
        new ResidualBlock(weights.At("block_1"), channels, channels),
        new AttentionBlock(weights.At("attn_1"), channels),
        new ResidualBlock(weights.At("block_2"), channels, channels),
    ];
}
