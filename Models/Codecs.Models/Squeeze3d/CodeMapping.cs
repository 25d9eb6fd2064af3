using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>The mapping networks: F_E from the encoder's latent to the ordered code, F_D from the code to the generator's latent.</summary>
/// <remarks>
/// F_E is linear, the principal axes of the encoder's latents, largest first: any prefix of a code is the best of its length. F_D is its transpose and a small perceptron that corrects the lowest
/// frequencies. After the published networks (LTOrtho), whose long way is a matrix as well; theirs adds a skip that is not in the code.
/// </remarks>
internal sealed class CodeMapping : nn.Module<Tensor, Tensor>, ICodeMapping
{
    private const int Hidden = 192, Corrected = ShapeCode.CorrectedFrequencies;
    private readonly Linear expand, correct;

#pragma warning disable IDE1006 // buffers are named like the tensors of the weight file
    private readonly Tensor mean, axes;
#pragma warning restore IDE1006

    internal CodeMapping()
        : base(nameof(CodeMapping))
    {
        mean = zeros(ShapeCode.LatentLength);
        axes = zeros(ShapeCode.Length, ShapeCode.LatentLength);
        register_buffer(nameof(mean), mean);
        register_buffer(nameof(axes), axes);
        expand = nn.Linear(ShapeCode.Length, Hidden);
        correct = nn.Linear(Hidden, Corrected * Corrected * Corrected);
        using (no_grad())
        {
            expand.weight.mul_(0.3);
            correct.weight.mul_(0.05);
            correct.bias!.zero_();
        }

        RegisterComponents();
    }

    /// <summary>Sets the principal axes.</summary>
    /// <param name="latentMean">[<see cref="ShapeCode.LatentLength"/>].</param>
    /// <param name="principalAxes">[<see cref="ShapeCode.Length"/>, <see cref="ShapeCode.LatentLength"/>], orthonormal rows.</param>
    internal void Set(Tensor latentMean, Tensor principalAxes)
    {
        using var _ = no_grad();
        mean.copy_(latentMean);
        axes.copy_(principalAxes);
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor latents) => (latents - mean).matmul(axes.t());

    /// <summary>The linear part of F_D: where a code lies in the encoder's latents.</summary>
    internal Tensor Place(Tensor codes) => codes.matmul(axes) + mean;

    /// <summary>F_D. Codes come as multiples of the quantiser's step.</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor corrections = correct.forward(nn.functional.silu(expand.forward(input))).reshape(-1, Corrected, Corrected, Corrected);
        const int rest = ShapeCode.Frequencies - Corrected;
        return Place(input) + nn.functional.pad(corrections, [0, rest, 0, rest, 0, rest]).reshape(-1, ShapeCode.LatentLength);
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor codes) => forward(codes);
}
