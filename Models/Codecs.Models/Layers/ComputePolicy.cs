using TorchSharp;

namespace Codecs.Models.Layers;

/// <summary>The number format in which a network's layers multiply; shared by all layers of one network.</summary>
/// <remarks>Training uses bfloat16 products with float32 sums and float32 residual streams; inference uses float32 throughout.</remarks>
public sealed class ComputePolicy
{
    /// <summary>Type of the operands of convolutions and matrix products.</summary>
    public torch.ScalarType Type { get; set; } = torch.ScalarType.Float32;

    /// <summary>Told each layer's output while activation ranges are measured for the integer export; otherwise null.</summary>
    internal Action<torch.nn.Module, torch.Tensor>? Observer { get; set; }
}
