using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan;

/// <summary>The shipped VQGAN-extreme network: encoder, tree of code vectors, decoder; one network for all depths of the tree.</summary>
/// <remarks>
/// After Mao et al., "Extreme image compression using fine-tuned VQGANs" (DCC 2024): a picture is a map of codebook indices at 1/16. Here the codebook is a
/// binary tree. An index of b bits is a node at depth b, whose vector is the mean of the codes below it, so its first bits are an index into a smaller codebook.
/// </remarks>
internal sealed class VqxNetwork : nn.Module
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly VqxEncoder encoder;
    internal readonly Tensor nodes;
    internal readonly VqxDecoder decoder;
#pragma warning restore IDE1006

    internal VqxNetwork()
        : base("vqx")
    {
        Policy = new ComputePolicy();
        var exact = new ComputePolicy();
        encoder = new VqxEncoder(Policy, exact);
        nodes = zeros(2 * VqxShape.Codes, VqxShape.Dimensions);
        decoder = new VqxDecoder(Policy, exact);
        RegisterComponents();
    }

    /// <summary>Number format of the networks' products.</summary>
    internal ComputePolicy Policy { get; }

    /// <summary>The nearest nodes at a depth.</summary>
    /// <param name="z">[..., dimensions].</param>
    /// <param name="bits">The depth.</param>
    /// <returns>Heap numbers 2^bits + index, int64 [...].</returns>
    internal Tensor Nearest(Tensor z, int bits)
    {
        using var _ = no_grad();
        Tensor book = nodes.narrow(0, 1L << bits, 1L << bits);
        return (z.matmul(book.t()) - (book.square().sum(1) * 0.5)).argmax(-1) + (1L << bits);
    }

    /// <summary>The vectors of nodes.</summary>
    internal Tensor Vectors(Tensor numbers) => nodes.index_select(0, numbers.reshape(-1)).reshape([.. numbers.shape, VqxShape.Dimensions]);
}
