using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>Group normalisation with 32 groups.</summary>
/// <remarks>Wu and He 2018. Names: <c>weight</c>, <c>bias</c> [channels].</remarks>
internal sealed class GroupNormalization : ILayer
{
    /// <summary>Channels are a multiple of this.</summary>
    internal const int Groups = 32;

    private const double Epsilon = 1e-6;
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    internal GroupNormalization(WeightScope weights, int channels)
    {
        _weight = weights.Keep(weights.Take("weight", channels));
        _bias = weights.Keep(weights.Take("bias", channels));
    }

    public Tensor Forward(Tensor x) => nn.functional.group_norm(x, Groups, _weight, _bias, Epsilon);
}
