using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>What follows the transform in the generator G: a small U-shaped network over the volume that knows what distance fields look like and how coarsely this one was quantised.</summary>
/// <remarks>Patches of 2x2x2 nodes, residual blocks at 16^3 and 8^3, a correction for each node.</remarks>
internal sealed class ShapeGenerator : nn.Module<Tensor, Tensor, Tensor>
{
    private const int Patch = 2, Fine = 32, Coarse = 64, PatchNodes = Patch * Patch * Patch, Side = ShapeCode.Nodes / Patch;
    private readonly Conv3d enter, down, leave;
    private readonly Linear up;
    private readonly Block first, middle1, middle2, last;

    internal ShapeGenerator()
        : base(nameof(ShapeGenerator))
    {
        enter = nn.Conv3d(PatchNodes, Fine, 3, padding: 1);
        first = new Block(Fine);
        down = nn.Conv3d(Fine, Coarse, 2, stride: 2);
        middle1 = new Block(Coarse);
        middle2 = new Block(Coarse);
        up = nn.Linear(Coarse, Fine * PatchNodes);
        last = new Block(Fine);
        leave = nn.Conv3d(Fine, PatchNodes, 3, padding: 1);
        using (no_grad())
        {
            leave.weight.mul_(0.1);
            leave.bias!.zero_();
        }

        RegisterComponents();
    }

    /// <summary>Volumes of distances.</summary>
    /// <param name="volumes">[count, nodes, nodes, nodes]: what the transform gives.</param>
    /// <param name="logSteps">[count]: natural logarithms of the quantiser's step.</param>
    /// <returns>[count, nodes, nodes, nodes].</returns>
    public override Tensor forward(Tensor volumes, Tensor logSteps)
    {
        long count = volumes.shape[0];
        Tensor condition = stack([logSteps, logSteps.square()], 1);
        Tensor patches = volumes.reshape(count, Side, Patch, Side, Patch, Side, Patch).permute(0, 2, 4, 6, 1, 3, 5).reshape(count, PatchNodes, Side, Side, Side);
        Tensor fine = first.forward(enter.forward(patches), condition);
        Tensor coarse = middle2.forward(middle1.forward(down.forward(fine), condition), condition);
        Tensor raised = up.forward(coarse.permute(0, 2, 3, 4, 1)).reshape(count, Side / 2, Side / 2, Side / 2, 2, 2, 2, Fine)
            .permute(0, 7, 1, 4, 2, 5, 3, 6).reshape(count, Fine, Side, Side, Side);
        Tensor correction = leave.forward(last.forward(fine + raised, condition));
        return volumes + correction.reshape(count, Patch, Patch, Patch, Side, Side, Side).permute(0, 4, 1, 5, 2, 6, 3).reshape(count, ShapeCode.Nodes, ShapeCode.Nodes, ShapeCode.Nodes);
    }

    /// <summary>x + conv(SiLU(scaled(conv(SiLU(x))))): the step scales and shifts the channels.</summary>
    private sealed class Block : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Conv3d conv1, conv2;
        private readonly Linear modulation;

        internal Block(int channels)
            : base(nameof(Block))
        {
            conv1 = nn.Conv3d(channels, channels, 3, padding: 1);
            conv2 = nn.Conv3d(channels, channels, 3, padding: 1);
            modulation = nn.Linear(2, 2 * channels);
            using (no_grad())
            {
                conv2.weight.mul_(0.3);
            }

            RegisterComponents();
        }

        public override Tensor forward(Tensor x, Tensor condition)
        {
            Tensor[] parts = modulation.forward(condition).reshape(condition.shape[0], -1, 1, 1, 1).chunk(2, 1);
            Tensor inner = conv1.forward(nn.functional.silu(x));
            return x + conv2.forward(nn.functional.silu((inner * (1 + parts[0])) + parts[1]));
        }
    }
}
