namespace Codecs.Formats.Container;

/// <summary>Which packet carries which site: a lattice, so that a lost packet leaves isolated holes with received sites around them.</summary>
/// <remarks>Site (row, column) is in packet (column + step · row) mod count; step makes the shortest distance between two sites of a packet as long as it can be.</remarks>
public sealed class PacketInterleaver
{
    private readonly int _count;
    private readonly int _step;

    /// <param name="count">Data packets, 1..<see cref="IndexPacket.MaxCount"/>.</param>
    public PacketInterleaver(int count)
    {
        _count = count;
        int longest = -1;
        for (int step = 0; step < count; step++)
        {
            int shortest = ShortestSquared(step);
            if (shortest > longest)
            {
                (longest, _step) = (shortest, step);
            }
        }
    }

    /// <summary>The packet of a site.</summary>
    public int PacketOf(int row, int column) => (column + (_step * row)) % _count;

    /// <summary>The sites of a packet, row by row, as row · columns + column.</summary>
    public IEnumerable<int> SitesOf(int packet, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            int first = (packet - (int)((long)_step * row % _count) + _count) % _count;
            for (int column = first; column < columns; column += _count)
            {
                yield return (row * columns) + column;
            }
        }
    }

    /// <summary>Sites of each packet.</summary>
    public int[] Sizes(int rows, int columns)
    {
        int[] sizes = new int[_count];
        for (int packet = 0; packet < _count; packet++)
        {
            for (int row = 0; row < rows; row++)
            {
                int first = (packet - (int)((long)_step * row % _count) + _count) % _count;
                sizes[packet] += first < columns ? ((columns - 1 - first) / _count) + 1 : 0;
            }
        }

        return sizes;
    }

    // Of the lattice of all (row, column) with column + step · row = 0 modulo count. Its shortest vector is no longer than sqrt(2 count / sqrt 3).
    private int ShortestSquared(int step)
    {
        int shortest = _count * _count;
        for (int row = 1; row * row < shortest && row <= _count; row++)
        {
            int left = (int)((long)step * row % _count), column = Math.Min(left, _count - left);
            shortest = Math.Min(shortest, (row * row) + (column * column));
        }

        return shortest;
    }
}
