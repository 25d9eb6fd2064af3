using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>Group normalisation, then x·sigmoid(x) in its place: one map less in memory than two layers.</summary>
internal sealed class NormalizedSwish(WeightScope weights, int channels) : ILayer
{
    private readonly GroupNormalization _norm = new(weights, channels);

    public Tensor Forward(Tensor x)
    {
        // Of two handles to one map both must go before its memory does.
        using var scope = NewDisposeScope();
        return nn.functional.silu(_norm.Forward(x), inplace: true).MoveToOuterDisposeScope();
    }
}
