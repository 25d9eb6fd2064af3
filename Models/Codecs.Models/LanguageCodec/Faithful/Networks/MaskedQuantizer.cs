using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>MCRVQ: three codebooks side by side on a third of the channels each, then residual ones; a latent is the sum of its code vectors.</summary>
/// <remarks>Ji et al. 2024. Nearest by squared Euclidean distance, the lower index when two are equally near. The channels outside a codebook's third
/// are zero while it searches; its vectors are zero there too after the published training, but nothing relies on that.</remarks>
internal sealed class MaskedQuantizer
{
    private readonly Tensor[] _vectors;
    private readonly Tensor[] _halfNorms;
    private readonly Tensor _masks;

    internal MaskedQuantizer(FaithfulLanguageCodecConfig config, WeightScope weights)
    {
        _vectors = new Tensor[config.Codebooks];
        _halfNorms = new Tensor[config.Codebooks];
        for (int q = 0; q < config.Codebooks; q++)
        {
            Tensor vectors = weights.Take(StateNames.Codebook(q), config.CodebookSize, config.LatentChannels);
            using Tensor squares = vectors.square();
            using Tensor norms = squares.sum(1);
            _vectors[q] = weights.Keep(vectors);
            _halfNorms[q] = weights.Keep(norms.mul(0.5));
        }

        _masks = weights.Keep(CreateMasks(config.LatentChannels, _vectors[0].device));
    }

    /// <param name="z">[1, C, T].</param>
    /// <param name="codebooks">How many to use, 3 to all.</param>
    /// <returns>Indices [T, codebooks], int64.</returns>
    internal Tensor Encode(Tensor z, int codebooks)
    {
        using var scope = NewDisposeScope();
        Tensor frames = z.squeeze(0).t().contiguous();
        Tensor residual = frames.clone();
        Tensor[] indices = new Tensor[codebooks];
        for (int q = 0; q < codebooks; q++)
        {
            Tensor target = q < FaithfulLanguageCodecConfig.MinCodebooks ? frames * _masks[q] : residual;

            // |x - e|² = |x|² - 2(x·e - |e|²/2).
            using Tensor closeness = addmm(_halfNorms[q], target, _vectors[q].t(), beta: -1, alpha: 1);
            indices[q] = closeness.argmax(1);
            using Tensor chosen = _vectors[q].index_select(0, indices[q]);
            residual.sub_(chosen);
        }

        return stack(indices, 1).MoveToOuterDisposeScope();
    }

    /// <param name="codes">Indices [T, codebooks], int64, each below the size of its codebook.</param>
    /// <returns>[1, C, T].</returns>
    internal Tensor Decode(Tensor codes)
    {
        using var scope = NewDisposeScope();
        Tensor sum = zeros(codes.shape[0], _vectors[0].shape[1], device: codes.device);
        for (int q = 0; q < codes.shape[1]; q++)
        {
            using Tensor column = codes.select(1, q), chosen = _vectors[q].index_select(0, column);
            sum.add_(chosen);
        }

        return sum.t().contiguous().unsqueeze(0).MoveToOuterDisposeScope();
    }

    // [3, C]: ones on channels [0, C/3), [C/3, 2C/3) and [2C/3, C), rounded down.
    private static Tensor CreateMasks(int channels, Device device)
    {
        const int groups = FaithfulLanguageCodecConfig.MinCodebooks;
        Tensor masks = zeros(groups, channels, device: device);
        for (int group = 0; group < groups; group++)
        {
            int first = group * channels / groups, end = (group + 1) * channels / groups;
            using Tensor part = masks[group].narrow(0, first, end - first);
            part.fill_(1);
        }

        return masks;
    }
}
