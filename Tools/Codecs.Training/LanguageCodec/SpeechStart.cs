using Codecs.Models.LanguageCodec;
using static TorchSharp.torch;

namespace Codecs.Training.LanguageCodec;

/// <summary>A start that knows phases: the linear shortcuts of encoder and decoder carry the principal components of the spectrum.</summary>
/// <remarks>
/// From random weights the networks learn magnitudes at once, but after 600 steps phases were still as good as random: nothing tells which way a phase is wrong
/// until it is nearly right. With this start the first sound is already in phase where its energy is.
/// </remarks>
internal static class SpeechStart
{
    private const int Components = 64, Groups = SpeechShape.FewestCodebooks, Parts = 2 * SpeechShape.PhaseBins;

    /// <summary>Sets the shortcuts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sound">[N, samples], some minutes of speech.</param>
    /// <returns>Share of the (compressed) energy that the components hold.</returns>
    internal static double Apply(SpeechNetwork network, Tensor sound)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Tensor points = network.Features(sound).reshape(-1, SpeechShape.Features).narrow(1, 0, Parts).reshape(-1, SpeechShape.PhaseBins, 2);
        Tensor weighted = (points * points.square().sum(-1, keepdim: true).sqrt()).reshape(-1, Parts); // loud bins count more
        (Tensor values, Tensor vectors) = linalg.eigh(weighted.t().matmul(weighted) / weighted.shape[0]);
        Tensor basis = vectors.narrow(1, Parts - Components, Components).flip(1); // [512, components], the largest first

        // Each codebook of the first three gets its share of them.
        long[] places = [.. Enumerable.Range(0, Components).Select(i => (long)(SpeechShape.PartOf(i % Groups).Start + (i / Groups)))];
        Tensor rows = tensor(places), bins = arange(1, SpeechShape.PhaseBins + 1);
        Tensor encode = zeros(SpeechShape.Latent, SpeechShape.Features);
        encode.narrow(1, 0, Parts).index_copy_(0, rows, basis.t().contiguous());
        network.encoder.shortcut.weight.copy_(encode);
        Tensor decode = zeros(2 * SpeechShape.Bins, SpeechShape.Latent);
        Tensor pairs = zeros(SpeechShape.Latent, Parts).index_copy_(0, rows, basis.t().contiguous()).t().reshape(SpeechShape.PhaseBins, 2, SpeechShape.Latent);
        decode.index_copy_(0, bins, pairs.select(1, 0).contiguous());
        decode.index_copy_(0, bins + SpeechShape.Bins, pairs.select(1, 1).contiguous());
        network.decoder.shortcut.weight.copy_(decode);
        return (values.narrow(0, Parts - Components, Components).sum() / values.sum()).item<float>();
    }
}
