using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>Where a network's tensors come from while it is built.</summary>
internal interface IWeightSource
{
    /// <summary>The tensor of a name; the caller owns it.</summary>
    Tensor Take(string name, long[] shape);

    /// <summary>Holds a tensor as long as the network lives.</summary>
    void Keep(Tensor tensor);
}
