using Codecs.Models.Faithful;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>EnCodec's encoder for 24 kHz: strides 2, 4, 5 and 8, an LSTM at the frame rate, not causal.</summary>
/// <remarks>Défossez et al. 2022, on SEANet (Tagliasacchi et al. 2020). In three parts, because a long signal goes through in pieces: only the middle
/// one remembers. Parts are named by their position, as the official state dictionary has it.</remarks>
internal sealed class SeanetEncoder
{
    private const int EdgeKernel = 7;
    private static readonly int[] s_strides = [2, 4, 5, 8];

    internal SeanetEncoder(FaithfulLanguageCodecConfig config, WeightScope weights)
    {
        int channels = config.Filters, position = 1;
        List<ILayer> layers = [new MirroredConvolution(At(0), 1, channels, EdgeKernel)];
        foreach (int stride in s_strides)
        {
            // An ELU has a position of its own before each strided layer.
            layers.Add(new ShortcutBlock(At(position), channels));
            layers.Add(new EluLayer());
            layers.Add(new MirroredConvolution(At(position + 2), channels, 2 * channels, 2 * stride, stride));
            channels *= 2;
            position += 3;
        }

        FrontLayers = layers;
        Front = new LayerChain([.. layers]);
        Recurrent = new RecurrentLayer(At(position), channels);
        Back = new LayerChain(new EluLayer(), new MirroredConvolution(At(position + 2), channels, config.LatentChannels, EdgeKernel));

        WeightScope At(int index) => weights.At($"model.{index}");
    }

    /// <summary>The layers of <see cref="Front"/>.</summary>
    internal IReadOnlyList<ILayer> FrontLayers { get; }

    /// <summary>[N, 1, L] to [N, 16·filters, ⌈L/320⌉].</summary>
    internal ILayer Front { get; }

    /// <summary>At the frame rate, same size.</summary>
    internal RecurrentLayer Recurrent { get; }

    /// <summary>[N, 16·filters, T] to [N, latent channels, T].</summary>
    internal ILayer Back { get; }
}
