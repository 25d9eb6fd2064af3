using System.Numerics;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Points;

/// <summary>Codes which cells of a grid are occupied, level after level: for each cell a bit for each of its eight children, mixed from what is known around it.</summary>
internal sealed class OctreeCoder
{
    private const int Children = 8;
    private const int Levels = GridFrame.MaxBits + 1;

    private readonly MixedBits _bits = new(1, 4 * Children, 256 * Children, 256 * 7, 1536, 2048, Levels * 4 * Children, 4096);
    private readonly Dictionary<ulong, int> _numbers = [];

    /// <summary>Codes the cells of the last level.</summary>
    /// <param name="port">Where bits go or come from.</param>
    /// <param name="bits">Levels.</param>
    /// <param name="most">Most cells there can be.</param>
    /// <param name="cells">Codes of the cells, ascending, all different, at least one; null to read them.</param>
    /// <exception cref="InvalidBitstreamException">What is read has more cells.</exception>
    public ulong[] Run<TPort>(TPort port, int bits, int most, ulong[]? cells)
        where TPort : struct, IBitPort
    {
        var nodes = new List<ulong> { 0 };
        byte[] parents = [1];
        for (int level = 0; level < bits; level++)
        {
            Number(nodes);
            int shift = 3 * (bits - 1 - level), next = 0;
            byte[] occupied = new byte[nodes.Count];
            var children = new List<ulong>(Math.Min(2 * nodes.Count, most));
            for (int i = 0; i < occupied.Length; i++)
            {
                int wanted = 0;
                for (; cells is not null && next < cells.Length && cells[next] >> shift >> 3 == nodes[i]; next++)
                {
                    wanted |= 1 << (int)(cells[next] >> shift & 7);
                }

                occupied[i] = (byte)CodeNode(port, nodes[i], level, parents[i], occupied, wanted);
                for (int child = 0; child < Children; child++)
                {
                    if ((occupied[i] >> child & 1) != 0)
                    {
                        children.Add(nodes[i] << 3 | (uint)child);
                    }
                }

                if (children.Count > most)
                {
                    throw new InvalidBitstreamException($"The octree has more than the {most} cells that {most} points can fill: damaged data.");
                }
            }

            byte[] above = new byte[children.Count];
            for (int i = 0, at = 0; i < occupied.Length; i++)
            {
                int count = BitOperations.PopCount(occupied[i]);
                above.AsSpan(at, count).Fill(occupied[i]);
                at += count;
            }

            (nodes, parents) = (children, above);
        }

        return [.. nodes];
    }

    private void Number(List<ulong> nodes)
    {
        _numbers.Clear();
        _numbers.EnsureCapacity(nodes.Count);
        for (int i = 0; i < nodes.Count; i++)
        {
            _numbers.Add(nodes[i], i);
        }
    }

    // The children of a cell; those of cells before it are in occupied.
    private int CodeNode<TPort>(TPort port, ulong node, int level, int parent, byte[] occupied, int wanted)
        where TPort : struct, IBitPort
    {
        Span<int> below = stackalloc int[3];
        int faces = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            if (_numbers.TryGetValue(Morton.Before(node, axis), out int before))
            {
                // Cells one step down an axis come earlier.
                below[axis] = occupied[before];
                faces |= 1 << (2 * axis);
            }

            faces |= _numbers.ContainsKey(Morton.After(node, axis)) ? 2 << (2 * axis) : 0;
        }

        int around = BitOperations.PopCount((uint)faces), siblings = BitOperations.PopCount((uint)parent) - 1;
        int known = 0, count = 0;
        for (int child = 0; child < Children; child++)
        {
            if (child == Children - 1 && known == 0)
            {
                return 1 << child;
            }

            int lower = 0, upper = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                // Below a child lies its sibling, or a child of the cell below.
                int side = child >> axis & 1, other = child ^ (1 << axis);
                lower |= ((side == 0 ? below[axis] : known) >> other & 1) << axis;
                upper |= (side & faces >> (2 * axis + 1) & 1) << axis;
            }

            int path = 1 << child | known, few = Math.Min(count, 3);
            _bits.Select(0, path * Children + siblings);
            _bits.Select(1, path * 7 + around);
            _bits.Select(2, ((child * 8 + lower) * 8 + upper) * 3 + Math.Min(count, 2));
            _bits.Select(3, (faces * Children + child) * 4 + few);
            _bits.Select(4, (level * 4 + few) * Children + child);
            _bits.Select(5, (parent * Children + child) * 2 + Math.Min(count, 1));
            int bit = _bits.Code(port, 0, few * Children + child, wanted >> child & 1);
            known |= bit << child;
            count += bit;
        }

        return known;
    }
}
