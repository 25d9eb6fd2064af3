namespace Codecs.Models.IndexMaps;

/// <summary>The numbers of the entropy model of index maps.</summary>
internal static class MapShape
{
    /// <summary>Most bits of an index: depth of the codebook's tree.</summary>
    internal const int Bits = 12;

    /// <summary>Nodes of the tree from the root to the leaves, with number 0, which stands for everything outside the map.</summary>
    internal const int Nodes = 2 << Bits;

    /// <summary>Nodes that have a bit: all but the leaves. Number 0 is not used.</summary>
    internal const int InnerNodes = 1 << Bits;

    /// <summary>Elements of the vector by which the predictor knows a node.</summary>
    internal const int Embedding = 32;

    /// <summary>Hidden units of the predictor.</summary>
    internal const int Hidden = 192;

    /// <summary>Inputs of the predictor.</summary>
    internal static int Inputs => Embedding * Neighbours.Length;

    /// <summary>Rows above a site and columns on either side that the predictor sees.</summary>
    internal const int Reach = 3;

    /// <summary>Where the predictor looks, from a site: W, WW, NW, N, NE, NN, then the corners further away.</summary>
    internal static ReadOnlySpan<(int Row, int Column)> Neighbours => s_neighbours;

    private static readonly (int Row, int Column)[] s_neighbours =
        [(0, -1), (0, -2), (-1, -1), (-1, 0), (-1, 1), (-2, 0), (-1, -2), (-1, 2), (-2, -1), (-2, 1), (0, -3), (-2, 2)];
}
