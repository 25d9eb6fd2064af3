using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps.Concealment;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan;

/// <summary>Trained networks as the tensors of a weight file: half floats, but for vectors.</summary>
internal static class VqxTensors
{
    /// <summary>Encoder, codebook and decoder.</summary>
    internal static List<SafetensorsTensor> Export(VqxNetwork network) =>
    [
        .. network.named_parameters().Select(p => Create(p.name, p.parameter)),
        Create(VqxCodebook.Tensor, network.nodes),
    ];

    /// <summary>The network that guesses lost indices.</summary>
    internal static List<SafetensorsTensor> Export(MapTransformer concealer) =>
        [.. concealer.named_parameters().Select(p => Create(MapConcealer.Prefix + p.name, p.parameter))];

    private static SafetensorsTensor Create(string name, Tensor value)
    {
        using Tensor flat = value.detach().to(ScalarType.Float32).contiguous();
        float[] values = MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
        bool half = value.dim() > 1;
        for (int i = 0; i < values.Length; i++)
        {
            // -0 becomes +0: fingerprints want one bit pattern per value.
            values[i] = half && (Half)values[i] == Half.Zero ? 0f : values[i] + 0f;
        }

        return half ? SafetensorsTensor.CreateHalf(name, value.shape, values) : SafetensorsTensor.Create<float>(name, value.shape, values);
    }
}
