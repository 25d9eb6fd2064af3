using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Codebooks;

/// <summary>What indices cost in a codebook's tree whose nodes have vectors, in training; <see cref="NodeLogits"/> is the same in integers.</summary>
internal static class TreeBits
{
    private const int UpperLevels = 7;

    /// <summary>Mean bits of an index, times ln 2.</summary>
    /// <param name="hidden">Hidden units, float32 [S, width].</param>
    /// <param name="index">Indices, int64 [S, 1].</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="node">Vectors of the nodes of one or more trees, [nodes, width].</param>
    /// <param name="bias">Logits of the nodes where the hidden units are 0, [nodes].</param>
    /// <param name="first">Where the tree begins among the nodes.</param>
    internal static Tensor Nats(Tensor hidden, Tensor index, int bits, Embedding node, Tensor bias, long first = 0)
    {
        Tensor levels = arange(bits, int64);
        Tensor nodes = (index + (1L << bits)).bitwise_right_shift(bits - levels), all = nodes + first;
        Tensor zero = 1 - index.bitwise_right_shift(bits - 1 - levels).bitwise_and(1);

        // All nodes of the upper levels in one product are cheaper than the path's one by one; below, there are too many.
        int upperLevels = Math.Min(bits, UpperLevels);
        Tensor logit = nn.functional.linear(hidden, node.weight!.narrow(0, first, 1L << upperLevels)).gather(1, nodes.narrow(1, 0, upperLevels));
        if (bits > upperLevels)
        {
            Tensor lower = node.forward(all.narrow(1, upperLevels, bits - upperLevels)).matmul(hidden.unsqueeze(2)).squeeze(2);
            logit = cat([logit, lower], 1);
        }

        logit += bias.index_select(0, all.reshape(-1)).reshape(all.shape);
        return (nn.functional.softplus(logit) - (logit * zero)).sum() / index.shape[0];
    }
}
