using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>A fixed function with weights that others own; for inference only.</summary>
internal interface ILayer
{
    /// <summary>A new tensor; the input stays as it is.</summary>
    Tensor Forward(Tensor x);
}
