namespace Codecs.Geometry.Triangles;

/// <summary>Codes one layer: seams, then values. The syntax: README, "Layers".</summary>
internal static class LayerCoder
{
    private const int PredictionBits = 3;

    /// <summary>Writes a layer.</summary>
    /// <param name="port">Where it goes.</param>
    /// <param name="mesh">Triangles in coded order.</param>
    /// <param name="positions">Places of the vertices.</param>
    /// <param name="layer">The layer in source order.</param>
    /// <param name="cornerOrder">Source corner of each coded corner.</param>
    /// <param name="before">Entries of the layer before, or null.</param>
    /// <returns>The entries of this layer.</returns>
    public static int[] Write(WritingPort port, TriangleCorners mesh, int[][] positions, AttributeLayer layer, int[] cornerOrder, int[]? before)
    {
        int[] numbers = NumberValues(layer, cornerOrder);
        int[] entries = SeamCoder.Code(port, mesh, positions[0].Length, before, numbers);
        int count = LayerMesh.CountEntries(entries);
        int[][] values = Allocate(layer.Components, count);
        for (int c = 0; c < entries.Length; c++)
        {
            ReadOnlySpan<int> value = layer.At(cornerOrder[c]);
            for (int i = 0; i < values.Length; i++)
            {
                values[i][entries[c]] = value[i];
            }
        }

        TriangleCorners own = LayerMesh.Create(mesh, entries);
        ReadOnlySpan<int> order = VertexOrder.Find(own, count);
        int[][]? computed = layer.Kind == AttributeKind.Normal ? LayerMesh.ComputeNormals(mesh, positions, entries, count, layer.Bits) : null;
        ValuePrediction way = Choose(own, order, layer, values, computed);
        int sum = layer.Kind == AttributeKind.Weights ? FindSum(values, count) : -1;
        _ = port.Raw((uint)way, PredictionBits);
        _ = ValueCoder.CodeSum(port, sum);
        new ValueCoder(own, values, computed, layer.Bits).Run(port, order, way, sum);
        return entries;
    }

    /// <summary>Reads a layer.</summary>
    /// <param name="port">Where it comes from.</param>
    /// <param name="mesh">Triangles in coded order.</param>
    /// <param name="positions">Places of the vertices.</param>
    /// <param name="shape">What the header says of the layer.</param>
    /// <param name="before">Entries of the layer before, or null.</param>
    /// <param name="entries">The entries of this layer.</param>
    /// <exception cref="InvalidBitstreamException">What is read makes no layer.</exception>
    public static AttributeLayer Read(ReadingPort port, TriangleCorners mesh, int[][] positions, LayerShape shape, int[]? before, out int[] entries)
    {
        entries = SeamCoder.Code(port, mesh, positions[0].Length, before, null);
        int count = LayerMesh.CountEntries(entries);
        int[][] values = Allocate(shape.Components, count);
        TriangleCorners own = LayerMesh.Create(mesh, entries);
        ReadOnlySpan<int> order = VertexOrder.Find(own, count);
        var way = (ValuePrediction)port.Raw(0, PredictionBits);
        int sum = ValueCoder.CodeSum(port, 0);
        bool isComputed = way is ValuePrediction.Computed or ValuePrediction.ComputedExactly;
        if (way > ValuePrediction.Names || (isComputed && shape.Kind != AttributeKind.Normal))
        {
            throw new InvalidBitstreamException($"Values of kind {shape.Kind} are predicted in way {(int)way}, which they cannot be: damaged data.");
        }

        int[][]? computed = isComputed ? LayerMesh.ComputeNormals(mesh, positions, entries, count, shape.Bits) : null;
        new ValueCoder(own, values, computed, shape.Bits).Run(port, order, way, sum);
        int[] table = new int[count * values.Length];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = values[i % values.Length][i / values.Length];
        }

        return new AttributeLayer(shape.Kind, shape.Components, shape.Bits, table, entries, shape.Frame);
    }

    private static int[][] Allocate(int components, int count)
    {
        int[][] values = new int[components][];
        for (int i = 0; i < components; i++)
        {
            values[i] = new int[count];
        }

        return values;
    }

    private static ValuePrediction Choose(TriangleCorners own, ReadOnlySpan<int> order, AttributeLayer layer, int[][] values, int[][]? computed)
    {
        if (layer.Kind == AttributeKind.Joints)
        {
            return ValuePrediction.Names;
        }

        if (computed is not null && values[0].AsSpan().SequenceEqual(computed[0]) && values[1].AsSpan().SequenceEqual(computed[1]))
        {
            return ValuePrediction.ComputedExactly;
        }

        ValuePrediction best = ValuePrediction.Neighbours;
        long least = long.MaxValue;
        for (ValuePrediction way = ValuePrediction.Neighbours; way <= (computed is null ? ValuePrediction.Parallelogram : ValuePrediction.Computed); way++)
        {
            long cost = new ValueCoder(own, values, computed, layer.Bits).Estimate(order, way);
            (best, least) = cost < least ? (way, cost) : (best, least);
        }

        return best;
    }

    private static int FindSum(int[][] values, int count)
    {
        long sum = -1;
        for (int i = 0; i < count; i++)
        {
            long own = 0;
            foreach (int[] component in values)
            {
                own += component[i];
            }

            if (sum >= 0 && own != sum)
            {
                return -1;
            }

            sum = own;
        }

        return (int)sum;
    }

    // One number for equal values.
    private static int[] NumberValues(AttributeLayer layer, int[] cornerOrder)
    {
        var numbers = new Dictionary<ValueKey, int>();
        int[] ofValue = new int[layer.Values.Length / layer.Components];
        for (int i = 0; i < ofValue.Length; i++)
        {
            var key = new ValueKey(layer.Values, i * layer.Components, layer.Components);
            if (!numbers.TryGetValue(key, out ofValue[i]))
            {
                ofValue[i] = numbers.Count;
                numbers.Add(key, ofValue[i]);
            }
        }

        int[] ofCorner = new int[cornerOrder.Length];
        for (int c = 0; c < ofCorner.Length; c++)
        {
            ofCorner[c] = ofValue[layer.Corners[cornerOrder[c]]];
        }

        return ofCorner;
    }
}
