using System.Numerics;

namespace Codecs.Models.Codebooks;

/// <summary>An index of a codebook as a way down its binary tree, from the highest bit on.</summary>
/// <remarks>Nodes are numbered as in a heap: the root is 1, node n has the children 2n and 2n + 1, and a node of depth d is 2^d plus the d first bits of the indices under it.</remarks>
/// <param name="Index">The index, or a first part of one.</param>
/// <param name="Bits">How many bits it has, that is, how deep its node is.</param>
internal readonly record struct TreePath(int Index, int Bits)
{
    /// <summary>Depth of a node.</summary>
    internal static int DepthOf(int node) => BitOperations.Log2((uint)node);

    /// <summary>The bit that leaves a depth, 0..<see cref="Bits"/> - 1, for the next.</summary>
    internal int BitAt(int depth) => Index >> (Bits - 1 - depth) & 1;

    /// <summary>First bits that this path and the one to a node share, at most the node's depth.</summary>
    /// <param name="node">A node not deeper than this path.</param>
    /// <param name="depth">Its depth.</param>
    internal int Shared(int node, int depth)
    {
        int difference = (Index >> (Bits - depth)) ^ (node - (1 << depth));
        return difference == 0 ? depth : depth - 1 - BitOperations.Log2((uint)difference);
    }

    /// <summary>Where this path goes from a node: 0 if it does not come by, else 1 + the bit that it takes there.</summary>
    /// <param name="shared">What <see cref="Shared"/> says of the node.</param>
    /// <param name="depth">The node's depth, below <see cref="Bits"/>.</param>
    internal int Next(int shared, int depth) => shared == depth ? 1 + BitAt(depth) : 0;
}
