using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>Tensors of a trained network as those of a weight file.</summary>
internal static class NetworkTensors
{
    /// <summary>One tensor, as half or single floats.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="value">Any floating type and device.</param>
    /// <param name="half">Whether to round to half floats.</param>
    internal static SafetensorsTensor Create(string name, Tensor value, bool half)
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
