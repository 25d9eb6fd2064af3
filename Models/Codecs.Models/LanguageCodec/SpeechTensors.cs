using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>A trained <see cref="SpeechNetwork"/> as the tensors of a weight file: half floats, but for the small ones.</summary>
internal static class SpeechTensors
{
    /// <summary>Encoder, decoder and codebooks.</summary>
    /// <param name="network">The network.</param>
    /// <param name="order">For each codebook, which of the network's entries becomes entry 0, 1, ... of the file's.</param>
    internal static IEnumerable<SafetensorsTensor> Export(SpeechNetwork network, IReadOnlyList<int[]> order)
    {
        foreach ((string name, TorchSharp.Modules.Parameter value) in network.named_parameters())
        {
            yield return NetworkTensors.Create(name, value, half: value.dim() > 1 && !name.Contains("norm", StringComparison.Ordinal) && !name.Contains("last", StringComparison.Ordinal));
        }

        using Tensor sorted = stack([.. order.Select((o, q) => network.codebooks.embed[q].index_select(0, tensor(Array.ConvertAll(o, i => (long)i))))]);
        yield return NetworkTensors.Create(SpeechCodebooks.Tensor, sorted, half: true);
    }
}
