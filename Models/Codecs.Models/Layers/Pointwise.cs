using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>A 1x1 convolution on channels-last maps, which is one matrix product over all positions.</summary>
/// <remarks>Names: <c>weight</c> [outputs, inputs], <c>bias</c> [outputs]. Start: uniform in ±1/sqrt(inputs), as PyTorch's default.</remarks>
internal sealed class Pointwise : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006, CA1051 // The field names are the state-dict names.
    internal readonly Parameter weight;
    internal readonly Parameter? bias;
#pragma warning restore IDE1006, CA1051
    private readonly ComputePolicy _policy;

    internal Pointwise(ComputePolicy policy, int inputs, int outputs, bool hasBias = true)
        : base(nameof(Pointwise))
    {
        _policy = policy;
        double bound = 1 / Math.Sqrt(inputs);
        weight = new Parameter(empty(outputs, inputs).uniform_(-bound, bound));
        bias = hasBias ? new Parameter(empty(outputs).uniform_(-bound, bound)) : null;
        RegisterComponents();
    }

    /// <param name="input">Map [N, H, W, inputs].</param>
    /// <returns>Map [N, H, W, outputs] in the policy's type.</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor result = nn.functional.linear(input.to(_policy.Type), weight.to(_policy.Type), bias?.to(_policy.Type));
        _policy.Observer?.Invoke(this, result);
        return result;
    }
}
