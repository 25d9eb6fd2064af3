using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>A part of a state dictionary: the tensors whose names begin with a prefix.</summary>
/// <param name="Source">Where tensors come from.</param>
/// <param name="Prefix">Empty, or ending in a dot.</param>
internal readonly record struct WeightScope(IWeightSource Source, string Prefix = "")
{
    /// <summary>The part below a name.</summary>
    internal WeightScope At(string name) => this with { Prefix = $"{Prefix}{name}." };

    /// <summary>A tensor of this part, which the caller owns.</summary>
    internal Tensor Take(string name, params long[] shape) => Source.Take(Prefix + name, shape);

    /// <summary>The weight w = g·v/|v| that weight normalisation stores as <c>weight_g</c> and <c>weight_v</c>; norms over all axes but the first.</summary>
    /// <remarks>Salimans and Kingma 2016. Folded once: at inference nothing is left of it.</remarks>
    internal Tensor TakeNormalized(params long[] shape)
    {
        using Tensor gain = Take("weight_g", shape[0], 1, 1), direction = Take("weight_v", shape);
        using Tensor norm = direction.square().sum([1, 2], keepdim: true).sqrt_();
        using Tensor factor = gain / norm;
        return direction * factor;
    }

    /// <summary>Hands a tensor over to the source.</summary>
    internal Tensor Keep(Tensor tensor)
    {
        Source.Keep(tensor);
        return tensor;
    }
}
