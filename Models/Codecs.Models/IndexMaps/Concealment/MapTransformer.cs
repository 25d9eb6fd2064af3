using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.IndexMaps.Concealment;

/// <summary>A masked transformer over a window of an index map: from the sites that are known to the probabilities of those that are not.</summary>
/// <remarks>
/// After MaskGIT (Chang et al., CVPR 2022) and the index prediction of Mao et al. (DCC 2024). Tokens are nodes of the codebook's tree, so one network serves all depths;
/// token 0 says "lost". What it predicts are the bits of a path down the tree: one logit for every inner node.
/// It only chooses what a decoder shows where nothing was received, so it needs not be exact.
/// </remarks>
internal sealed class MapTransformer : nn.Module
{
    /// <summary>Sites of a window per axis.</summary>
    internal const int Window = 16;

    private const int Width = 128, Layers = 4;
    private const double Start = 0.02;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Parameter embedding;
    internal readonly Parameter row;
    internal readonly Parameter column;
    internal readonly ModuleList<TransformerBlock> blocks;
    internal readonly LayerNorm norm;
    internal readonly Parameter node;
    internal readonly Parameter node_bias;
#pragma warning restore IDE1006
    private readonly int _depth;

    /// <param name="policy">Number format of the products.</param>
    /// <param name="depth">Depth of the codebook's tree.</param>
    internal MapTransformer(ComputePolicy policy, int depth)
        : base("concealer")
    {
        _depth = depth;
        embedding = new Parameter(randn(2L << depth, Width) * Start);
        row = new Parameter(randn(Window, Width) * Start);
        column = new Parameter(randn(Window, Width) * Start);
        blocks = new ModuleList<TransformerBlock>([.. Enumerable.Range(0, Layers).Select(_ => new TransformerBlock(policy, Width))]);
        norm = nn.LayerNorm(Width);
        node = new Parameter(randn(1L << depth, Width) * Start);
        node_bias = new Parameter(zeros(1L << depth));
        RegisterComponents();
    }

    /// <summary>What is known of each site.</summary>
    /// <param name="nodes">Nodes in heap order, 0 where nothing was received: int64 [N, R, C], sides up to <see cref="Window"/>.</param>
    /// <returns>[N, R, C, width].</returns>
    internal Tensor Features(Tensor nodes)
    {
        using var scope = NewDisposeScope();
        long n = nodes.shape[0], r = nodes.shape[1], c = nodes.shape[2];
        Tensor t = embedding.index_select(0, nodes.reshape(-1)).reshape(n, r, c, Width) + row.narrow(0, 0, r).unsqueeze(1) + column.narrow(0, 0, c);
        t = t.reshape(n, r * c, Width);
        foreach (TransformerBlock block in blocks)
        {
            t = block.forward(t);
        }

        return norm.forward(t).reshape(n, r, c, Width).MoveToOuterDisposeScope();
    }

    /// <summary>Bits that the right nodes would cost: the training loss.</summary>
    /// <param name="features">Of the lost sites, [M, width].</param>
    /// <param name="nodes">The right nodes, all of one depth: int64 [M].</param>
    /// <param name="bits">Their depth.</param>
    /// <returns>Mean over the sites.</returns>
    internal Tensor Bits(Tensor features, Tensor nodes, int bits)
    {
        Tensor levels = arange(bits, 0, -1, int64); // how far a node's ancestors are above it
        Tensor path = nodes.unsqueeze(1).bitwise_right_shift(levels), next = nodes.unsqueeze(1).bitwise_right_shift(levels - 1);
        Tensor logits = Logits(features, bits).gather(1, path);
        Tensor zero = 1 - next.bitwise_and(1);
        return (nn.functional.softplus(logits) - (logits * zero)).sum(1).mean() / Math.Log(2);
    }

    /// <summary>Probabilities of all nodes of a depth.</summary>
    /// <param name="features">[M, width].</param>
    /// <param name="bits">The depth.</param>
    /// <returns>[M, 2^bits].</returns>
    internal Tensor Probabilities(Tensor features, int bits)
    {
        using var scope = NewDisposeScope();
        Tensor zero = Logits(features, bits).sigmoid(), reached = ones(features.shape[0], 1, device: features.device);
        for (int level = 0; level < bits; level++)
        {
            Tensor here = zero.narrow(1, 1L << level, 1L << level);
            reached = stack([reached * here, reached * (1 - here)], 2).reshape(features.shape[0], 2L << level);
        }

        return reached.MoveToOuterDisposeScope();
    }

    // Logits that a bit is 0, of the inner nodes above a depth; column 0 is unused.
    private Tensor Logits(Tensor features, int bits) => nn.functional.linear(features, node.narrow(0, 0, 1L << bits), node_bias.narrow(0, 0, 1L << bits));
}
