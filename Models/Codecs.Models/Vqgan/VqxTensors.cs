using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Layers;
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

    private static SafetensorsTensor Create(string name, Tensor value) => NetworkTensors.Create(name, value, half: value.dim() > 1);
}
