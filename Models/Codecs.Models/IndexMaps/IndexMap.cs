namespace Codecs.Models.IndexMaps;

/// <summary>A picture as a map of codebook indices, all of the same number of bits. Immutable.</summary>
/// <remarks>The codebook is a binary tree (<see cref="Codebooks.TreePath"/>): fewer bits of every index are the same map in a coarser codebook.</remarks>
internal sealed class IndexMap
{
    /// <summary>Most bits of an index.</summary>
    internal const int MaxBits = 16;

    /// <summary>Most sites of a map: a picture of 65 536 x 65 536 pixels at 16 x 16 to a site.</summary>
    internal const int MaxSites = 1 << 24;

    private readonly ushort[] _values;

    /// <summary>Takes over the indices.</summary>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="columns">Columns, 1 or more.</param>
    /// <param name="bits">Bits of an index, 1..16.</param>
    /// <param name="values">[rows, columns], each below 2^<paramref name="bits"/>.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the indices are too few, too many or too large.</exception>
    internal IndexMap(int rows, int columns, int bits, ushort[] values)
    {
        int sites = SitesOf(rows, columns, bits);
        if (values.Length != sites)
        {
            throw new ArgumentException($"{values.Length} indices for a map of {rows} x {columns}.", nameof(values));
        }

        foreach (ushort value in values)
        {
            if (value >> bits != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(values), value, $"An index of {bits} bits lies in 0..{(1 << bits) - 1}.");
            }
        }

        (Rows, Columns, Bits, _values) = (rows, columns, bits, values);
    }

    /// <summary>Rows.</summary>
    internal int Rows { get; }

    /// <summary>Columns.</summary>
    internal int Columns { get; }

    /// <summary>Bits of an index: the depth of the tree's nodes that the map consists of.</summary>
    internal int Bits { get; }

    /// <summary>The indices, [rows, columns].</summary>
    internal ReadOnlySpan<ushort> Values => _values;

    /// <summary>The same map in a coarser codebook.</summary>
    /// <param name="bits">Bits to keep, 1..<see cref="Bits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map does not have so many bits.</exception>
    internal IndexMap Truncate(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, Bits);
        int dropped = Bits - bits;
        return dropped == 0 ? this : new IndexMap(Rows, Columns, bits, Array.ConvertAll(_values, v => (ushort)(v >> dropped)));
    }

    /// <summary>Number of sites of a map.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    internal static int SitesOf(int rows, int columns, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)rows * columns, MaxSites, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        return rows * columns;
    }
}
