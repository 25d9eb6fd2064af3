using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
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
            yield return Create(name, value, half: value.dim() > 1 && !name.Contains("norm", StringComparison.Ordinal) && !name.Contains("last", StringComparison.Ordinal));
        }

        using Tensor sorted = stack([.. order.Select((o, q) => network.codebooks.embed[q].index_select(0, tensor(Array.ConvertAll(o, i => (long)i))))]);
        yield return Create(SpeechCodebooks.Tensor, sorted, half: true);
    }

    private static SafetensorsTensor Create(string name, Tensor value, bool half)
    {
        using Tensor flat = value.detach().to(ScalarType.Float32).contiguous();
        float[] values = MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            // -0 becomes +0: fingerprints want one bit pattern per value.
            values[i] = half && (Half)values[i] == Half.Zero ? 0f : values[i] + 0f;
        }

        return half ? SafetensorsTensor.CreateHalf(name, value.shape, values) : SafetensorsTensor.Create<float>(name, value.shape, values);
    }
}
