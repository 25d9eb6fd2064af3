using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>Residual unit over time: x + b(snake(a(snake(x)))), a with seven taps and a dilation, b pointwise. Oobleck's, on channels-last rows.</summary>
internal sealed class SnakeUnit : nn.Module<Tensor, Tensor>
{
    internal const int Taps = 7;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Snake snake1;
    internal readonly SpatialConvolution a;
    internal readonly Snake snake2;
    internal readonly Pointwise b;
#pragma warning restore IDE1006

    internal SnakeUnit(ComputePolicy policy, int channels, int dilation)
        : base(nameof(SnakeUnit))
    {
        snake1 = new Snake(channels);
        a = SpatialConvolution.Temporal(policy, channels, channels, Taps, dilation);
        snake2 = new Snake(channels);
        b = new Pointwise(policy, channels, channels);
        RegisterComponents();
    }

    /// <param name="input">[N, 1, T, C]; the residual stream.</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input + b.forward(snake2.forward(a.forward(snake1.forward(input))))).MoveToOuterDisposeScope();
    }
}
