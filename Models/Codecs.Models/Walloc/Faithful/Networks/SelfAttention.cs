using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>x plus single-head attention among all positions of a picture; time grows with the square of their number.</summary>
/// <remarks>Names: <c>group_norm</c>, <c>to_q</c>, <c>to_k</c>, <c>to_v</c>, <c>to_out.0</c>.</remarks>
internal sealed class SelfAttention : ILayer
{
    private readonly GroupNormalization _norm;
    private readonly LinearLayer _query;
    private readonly LinearLayer _key;
    private readonly LinearLayer _value;
    private readonly LinearLayer _output;

    internal SelfAttention(WeightScope weights, int channels)
    {
        _norm = new GroupNormalization(weights.At("group_norm"), channels);
        _query = new LinearLayer(weights.At("to_q"), channels, channels);
        _key = new LinearLayer(weights.At("to_k"), channels, channels);
        _value = new LinearLayer(weights.At("to_v"), channels, channels);
        _output = new LinearLayer(weights.At("to_out.0"), channels, channels);
    }

    /// <param name="x">[N, C, H, W].</param>
    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();

        // [N, 1, positions, C]: one head. The fused kernel never holds the whole matrix of scores.
        Tensor tokens = _norm.Forward(x).flatten(2).transpose(1, 2).unsqueeze(1);
        Tensor mixed = nn.functional.scaled_dot_product_attention(_query.Forward(tokens), _key.Forward(tokens), _value.Forward(tokens));
        return _output.Forward(mixed).squeeze(1).transpose(1, 2).reshape(x.shape).add_(x).MoveToOuterDisposeScope();
    }
}
