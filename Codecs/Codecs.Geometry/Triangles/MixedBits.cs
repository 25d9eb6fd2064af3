using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Bits whose probability is mixed from several tables of contexts. Each table has rows (situations) of as many nodes (questions); a bit is the
/// same node of one row of each table.</summary>
internal sealed class MixedBits
{
    private readonly BinaryContext[] _contexts;
    private readonly LogisticMixer _mixer;
    private readonly int[] _tables;
    private readonly int[] _rows;
    private readonly int[] _selected;
    private readonly int _nodes;

    /// <summary>Creates fresh tables.</summary>
    /// <param name="nodes">Questions.</param>
    /// <param name="weightSets">Sets of weights of the mixture.</param>
    /// <param name="rows">Rows of each table.</param>
    public MixedBits(int nodes, int weightSets, params ReadOnlySpan<int> rows)
    {
        _nodes = nodes;
        _tables = new int[rows.Length];
        _rows = new int[rows.Length];
        _selected = new int[rows.Length];
        int total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            _tables[i] = total;
            total += rows[i] * nodes;
        }

        _contexts = new BinaryContext[total];
        _mixer = new LogisticMixer(rows.Length, weightSets, weightSets);
        int[] start = new int[rows.Length * weightSets];
        Array.Fill(start, StartWeight / rows.Length);
        _mixer.StartFrom(start);
    }

    // More than one in sum: contexts that agree know more than each of them.
    private const int StartWeight = 80000;

    /// <summary>Chooses the row of a table for the bits that follow.</summary>
    public void Select(int table, int row) => _rows[table] = _tables[table] + row * _nodes;

    /// <summary>Codes a bit.</summary>
    /// <param name="port">Where it goes or comes from.</param>
    /// <param name="node">The question.</param>
    /// <param name="weightSet">The weights.</param>
    /// <param name="bit">The bit, if it is written.</param>
    public int Code<TPort>(TPort port, int node, int weightSet, int bit)
        where TPort : struct, IBitPort
    {
        int[] selected = _selected;
        int[] rows = _rows;
        for (int i = 0; i < selected.Length && i < rows.Length; i++)
        {
            selected[i] = rows[i] + node;
        }

        _mixer.Select(weightSet, weightSet);
        return port.Bit(_mixer, _contexts, selected, bit);
    }
}
