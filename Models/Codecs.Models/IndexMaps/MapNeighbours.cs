using System.Runtime.CompilerServices;
using Codecs.Models.Codebooks;

namespace Codecs.Models.IndexMaps;

/// <summary>The sites around one that are known before it, in the order of the adaptive contexts.</summary>
/// <remarks>Sites are known row by row, each from left to right.</remarks>
[InlineArray(Count)]
internal struct MapNeighbours
{
    /// <summary>How many there are: W, N, NW, NE, WW, NN.</summary>
    internal const int Count = 6;

    /// <summary>In the place of a site outside the map.</summary>
    internal const int Outside = -1;

    private static readonly (int Row, int Column)[] s_offsets = [(0, -1), (-1, 0), (-1, -1), (-1, 1), (0, -2), (-2, 0)];
#pragma warning disable IDE0044, IDE0051 // The field is the first element of the array.
    private int _first;
#pragma warning restore IDE0044, IDE0051

    /// <summary>Looks around a site.</summary>
    /// <param name="values">The map [rows, columns]; only what is before the site is read.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="site">The site, row · columns + column.</param>
    internal static MapNeighbours Of(ReadOnlySpan<ushort> values, int columns, int site)
    {
        var result = default(MapNeighbours);
        (int row, int column) = Math.DivRem(site, columns);
        for (int i = 0; i < Count; i++)
        {
            (int down, int right) = s_offsets[i];
            result[i] = row + down >= 0 && (uint)(column + right) < (uint)columns ? values[site + (down * columns) + right] : Outside;
        }

        return result;
    }

    /// <summary>Where a neighbour's path goes from a node, as <see cref="TreePath.Next"/> says it; 0 outside the map.</summary>
    /// <param name="neighbour">Which neighbour.</param>
    /// <param name="bits">Bits of an index of the map.</param>
    /// <param name="node">The node.</param>
    /// <param name="depth">Its depth, below <paramref name="bits"/>.</param>
    internal readonly int Next(int neighbour, int bits, int node, int depth)
    {
        int index = this[neighbour];
        if (index == Outside)
        {
            return 0;
        }

        var path = new TreePath(index, bits);
        return path.Next(path.Shared(node, depth), depth);
    }
}
