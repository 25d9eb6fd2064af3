namespace Codecs.Formats.Container;

/// <summary>Which packet carries which site: a lattice, so that a lost packet leaves isolated holes with received sites around them.</summary>
/// <remarks>
/// The sites of a packet are those whose residue, (column + step · row) mod count, is stride · number mod count. Step makes the shortest distance between two sites of a
/// packet as long as it can be, then stride that between the sites of two packets that follow each other, which a channel likes to lose together.
/// </remarks>
public sealed class PacketInterleaver
{
    private readonly int _count;
    private readonly int _step;
    private readonly int _stride;

    /// <param name="count">Data packets, 1..<see cref="IndexPacket.MaxCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public PacketInterleaver(int count)
    {
        Throw.IfNotIn(count, 1, IndexPacket.MaxCount, nameof(count));
        _count = count;
        _step = Enumerable.Range(0, count).MaxBy(step => NearestSquared(step, residue: 0));
        _stride = Enumerable.Range(1, count).Where(stride => Gcd(stride, count) == 1).MaxBy(stride => NearestSquared(_step, stride));
    }

    /// <summary>The sites of a packet, row by row, as row · columns + column.</summary>
    public IEnumerable<int> SitesOf(int packet, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = FirstColumn(packet, row); column < columns; column += _count)
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
                int first = FirstColumn(packet, row);
                sizes[packet] += first < columns ? ((columns - 1 - first) / _count) + 1 : 0;
            }
        }

        return sizes;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private int FirstColumn(int packet, int row) => Modulo(((long)_stride * packet) - ((long)_step * row));

    // Squared distance from a site to the nearest other whose residue is higher by so much.
    private int NearestSquared(int step, int residue)
    {
        int nearest = _count * _count;
        for (int row = 0; row * row < nearest; row++)
        {
            foreach (int signed in (ReadOnlySpan<int>)[row, -row])
            {
                int left = Modulo(residue - ((long)step * signed)), column = Math.Min(left, _count - left);
                nearest = row + column > 0 ? Math.Min(nearest, (row * row) + (column * column)) : nearest;
            }
        }

        return nearest;
    }

    private int Modulo(long number) => (int)(((number % _count) + _count) % _count);
}
