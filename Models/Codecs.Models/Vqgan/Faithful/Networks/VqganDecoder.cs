using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>Latents to pictures.</summary>
/// <remarks>Levels are named from full resolution on, so that <c>up.0</c> comes last.</remarks>
internal sealed class VqganDecoder : ILayer
{
    private readonly LayerChain _layers;

    internal VqganDecoder(FaithfulVqganConfig config, WeightScope weights)
    {
        int last = config.Multipliers.Count - 1, channels = config.Width(last);
        List<ILayer> layers = [new Convolution2d(weights.At("conv_in"), config.LatentChannels, channels, kernel: 3), .. VqganEncoder.Middle(weights.At("mid"), channels)];
        for (int level = last; level >= 0; level--)
        {
            WeightScope scope = weights.At($"up.{level}");
            for (int block = 0; block <= config.Blocks; block++)
            {
                layers.Add(new ResidualBlock(scope.At($"block.{block}"), channels, config.Width(level)));
                channels = config.Width(level);
                if (config.HasAttention(level))
                {
                    layers.Add(new AttentionBlock(scope.At($"attn.{block}"), channels));
                }
            }

            if (level > 0)
            {
                layers.Add(new DoublingLayer(scope.At("upsample"), channels));
            }
        }

        layers.Add(new NormalizedSwish(weights.At("norm_out"), channels));
        layers.Add(new Convolution2d(weights.At("conv_out"), channels, 3, kernel: 3));
        _layers = new LayerChain([.. layers]);
    }

    /// <param name="x">[N, latent channels, rows, columns].</param>
    /// <returns>[N, 3, rows·stride, columns·stride], nominally ±1, not clamped.</returns>
    public Tensor Forward(Tensor x) => _layers.Forward(x);
}
