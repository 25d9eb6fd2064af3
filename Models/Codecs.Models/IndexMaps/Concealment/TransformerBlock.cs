using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.IndexMaps.Concealment;

/// <summary>Pre-norm transformer block: attention over all tokens, then a perceptron of twice the width.</summary>
internal sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    private const int Heads = 4;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly LayerNorm norm1;
    internal readonly Pointwise qkv;
    internal readonly Pointwise merge;
    internal readonly LayerNorm norm2;
    internal readonly Pointwise up;
    internal readonly Pointwise down;
#pragma warning restore IDE1006
    private readonly int _width;

    internal TransformerBlock(ComputePolicy policy, int width)
        : base(nameof(TransformerBlock))
    {
        _width = width;
        norm1 = nn.LayerNorm(width);
        qkv = new Pointwise(policy, width, 3 * width);
        merge = new Pointwise(policy, width, width);
        norm2 = nn.LayerNorm(width);
        up = new Pointwise(policy, width, 2 * width);
        down = new Pointwise(policy, 2 * width, width);
        RegisterComponents();
    }

    /// <param name="input">[N, tokens, width].</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        long n = input.shape[0], tokens = input.shape[1];
        Tensor[] parts = qkv.forward(norm1.forward(input)).reshape(n, tokens, 3, Heads, _width / Heads).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor attended = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]).transpose(1, 2).reshape(n, tokens, _width);
        Tensor mixed = input + merge.forward(attended).to(float32);
        Tensor result = mixed + down.forward(nn.functional.gelu(up.forward(norm2.forward(mixed)))).to(float32);
        return result.MoveToOuterDisposeScope();
    }
}
