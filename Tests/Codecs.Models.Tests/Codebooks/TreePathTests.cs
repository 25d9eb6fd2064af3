using Codecs.Models.Codebooks;
using CsCheck;

namespace Codecs.Models.Tests.Codebooks;

public sealed class TreePathTests
{
    // A path, and a node that is not deeper and often on it.
    private static readonly Gen<(TreePath Path, int Node)> s_places = Gen.Select(Gen.Int[1, 16], Gen.Int[0, 65535], Gen.Int[0, 15], Gen.Int[0, 65535], Gen.Int[0, 16], (bits, index, deep, other, same) =>
    {
        index &= (1 << bits) - 1;
        int depth = Math.Min(deep, bits - 1), on = (1 << depth) + (index >> (bits - depth)), free = Math.Max(0, depth - same);
        return (new TreePath(index, bits), (on & ~((1 << free) - 1)) | (other & ((1 << free) - 1)));
    });

    [Fact]
    public void BitsLeadFromTheRootToTheNodeOfTheIndex() => s_places.Sample(place =>
    {
        int node = 1;
        for (int depth = 0; depth < place.Path.Bits; depth++)
        {
            node = (2 * node) + place.Path.BitAt(depth);
        }

        Assert.Equal((1 << place.Path.Bits) + place.Path.Index, node);
        Assert.Equal(place.Path.Bits, TreePath.DepthOf(node));
    });

    [Fact]
    public void SharedBitsAreTheFirstEqualOnes() => s_places.Sample(place =>
    {
        int depth = TreePath.DepthOf(place.Node), expected = 0;
        var other = new TreePath(place.Node - (1 << depth), depth);
        while (expected < depth && place.Path.BitAt(expected) == other.BitAt(expected))
        {
            expected++;
        }

        int shared = place.Path.Shared(place.Node, depth);
        Assert.Equal(expected, shared);
        Assert.Equal(shared == depth ? 1 + place.Path.BitAt(depth) : 0, place.Path.Next(shared, depth));
    }, iter: 5000);
}
