using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>Snake activation x + sin²(e^alpha x) / e^beta: a bias towards periodic signals, learned for each channel.</summary>
/// <remarks>Liu et al., "Neural networks fail to learn periodic functions and how to fix it", NeurIPS 2020, with the two scales of BigVGAN.</remarks>
internal sealed class Snake : nn.Module<Tensor, Tensor>
{
    private static readonly Scalar s_tiny = 1e-9; // held for ever: TorchSharp 0.107 may free a number before torch has read it
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Parameter alpha;
    internal readonly Parameter beta;
#pragma warning restore IDE1006

    internal Snake(int channels)
        : base(nameof(Snake))
    {
        alpha = new Parameter(zeros(channels));
        beta = new Parameter(zeros(channels));
        RegisterComponents();
    }

    /// <param name="x">[..., channels].</param>
    public override Tensor forward(Tensor x) => x + ((x * alpha.exp()).sin().square() / (beta.exp() + s_tiny));
}
