using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Codes the values of a layer's entries. The syntax: README, "Values". Integers only.</summary>
internal sealed class ValueCoder(TriangleCorners mesh, int[][] values, int[][]? computed, int bits)
{
    private const int Counts = 4;
    private const int Classes = 3;
    private const int Lengths = ResidualBits.MaxLength + 1;
    private const int SumBits = AttributeLayer.MaxBits + 4;
    private const int MaxTreeBits = 14;

    private readonly ValueEvidence _evidence = new(mesh, values, computed);
    private readonly int _largest = (1 << bits) - 1;

    /// <summary>Codes all entries.</summary>
    /// <param name="port">Where bits go or come from.</param>
    /// <param name="order">A corner of each entry.</param>
    /// <param name="way">How to predict.</param>
    /// <param name="sum">The sum of the components of every entry, which saves the last component; -1 if they have none.</param>
    /// <exception cref="InvalidBitstreamException">What is read makes no values.</exception>
    public void Run<TPort>(TPort port, ReadOnlySpan<int> order, ValuePrediction way, int sum)
        where TPort : struct, IBitPort
    {
        if (way == ValuePrediction.ComputedExactly)
        {
            for (int i = 0; i < values.Length; i++)
            {
                computed![i].CopyTo(values[i], 0);
            }
        }
        else if (way == ValuePrediction.Names)
        {
            RunNames(port, order);
        }
        else
        {
            RunResiduals(port, order, way, sum);
        }
    }

    /// <summary>Bits that a way to predict needs, roughly.</summary>
    /// <param name="order">A corner of each entry.</param>
    /// <param name="way">How to predict.</param>
    public long Estimate(ReadOnlySpan<int> order, ValuePrediction way)
    {
        long cost = 0;
        foreach (int corner in order)
        {
            int entry = mesh.Vertices[corner];
            _evidence.Gather(corner);
            for (int i = 0; i < values.Length; i++)
            {
                long predicted = Math.Clamp(_evidence.Predict(way, entry, i, _largest / 2), 0, _largest);
                cost += 2 * ResidualBits.Length(Math.Abs(values[i][entry] - predicted));
            }

            _evidence.Learn(entry, 0);
        }

        return cost;
    }

    /// <summary>Codes the constant sum of values.</summary>
    public static int CodeSum<TPort>(TPort port, int sum)
        where TPort : struct, IBitPort => port.Raw(sum < 0 ? 0u : 1u, 1) == 0 ? -1 : (int)port.Raw((uint)Math.Max(sum, 0), SumBits);

    private void RunResiduals<TPort>(TPort port, ReadOnlySpan<int> order, ValuePrediction way, int sum)
        where TPort : struct, IBitPort
    {
        var residuals = new ResidualBits(Counts * Classes, Counts * Classes, Lengths * Classes, Lengths * Classes, Lengths * Classes);
        int coded = values.Length - (sum < 0 ? 0 : 1);
        foreach (int corner in order)
        {
            int entry = mesh.Vertices[corner];
            _evidence.Gather(corner);
            int count = Math.Min(_evidence.Parallelograms, Counts - 1);
            int ring = ResidualBits.Length(_evidence.Ring), before = 0;
            long size = 0;
            int left = sum;
            for (int i = 0; i < coded; i++)
            {
                int kind = Math.Min(i, Classes - 1);
                int predicted = (int)Math.Clamp(_evidence.Predict(way, entry, i, _largest / 2), 0, _largest);
                residuals.Select(0, count * Classes + kind);
                residuals.Select(1, ring * Classes + kind);
                residuals.Select(2, ResidualBits.Length(_evidence.SpreadOf(i)) * Classes + kind);
                residuals.Select(3, before * Classes + kind);
                int expected = ResidualBits.Length(_evidence.Ring / values.Length);
                int residual = residuals.Code(port, expected, bits, count * Classes + kind, values[i][entry] - predicted);
                values[i][entry] = Checked(predicted + residual);
                left -= values[i][entry];
                size += Math.Abs(residual);
                before = Math.Max(before, ResidualBits.Length(Math.Abs(residual)));
            }

            if (sum >= 0)
            {
                values[coded][entry] = Checked(left);
            }

            _evidence.Learn(entry, size);
        }
    }

    private void RunNames<TPort>(TPort port, ReadOnlySpan<int> order)
        where TPort : struct, IBitPort
    {
        var same = new BinaryContext[2 * Classes];
        var tree = new BinaryContext[bits <= MaxTreeBits ? 1 << bits : 0];
        foreach (int corner in order)
        {
            int entry = mesh.Vertices[corner];
            _evidence.Gather(corner);
            int isLike = 1;
            for (int i = 0; i < values.Length; i++)
            {
                int reference = _evidence.Reference < 0 ? 0 : values[i][_evidence.Reference];
                ref BinaryContext context = ref same[Math.Min(i, Classes - 1) * 2 + isLike];
                isLike = port.Bit(ref context, values[i][entry] == reference ? 1 : 0);
                values[i][entry] = isLike != 0 ? reference : CodeName(port, tree, values[i][entry]);
            }

            _evidence.Learn(entry, 0);
        }
    }

    private int CodeName<TPort>(TPort port, BinaryContext[] tree, int name)
        where TPort : struct, IBitPort
    {
        if (tree.Length == 0)
        {
            return (int)port.Raw((uint)name, bits);
        }

        int node = 1;
        for (int level = bits - 1; level >= 0; level--)
        {
            node = node << 1 | port.Bit(ref tree[node], name >> level & 1);
        }

        return node - (1 << bits);
    }

    private int Checked(int value) => (uint)value <= (uint)_largest
        ? value : throw new InvalidBitstreamException($"A value of a layer is {value}; it ends at {_largest}: damaged data.");
}
