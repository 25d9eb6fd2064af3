using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Codes triangles without loss: what they connect, points on their grid, values at their corners. What is lost was lost when points and values were quantised.</summary>
/// <remarks>
/// <para>Connectivity after S. Gumhold and W. Straßer, "Real time compression of triangle mesh connectivity" (SIGGRAPH 1998), and J. Rossignac's Edgebreaker (1999), with explicit
/// vertex names where a mesh is no manifold; positions by several parallelograms after M. Isenburg and P. Alliez, "Compressing polygon mesh geometry with parallelogram
/// prediction" (2002), and Draco's order by prediction degree; all bits mixed from adaptive contexts. The payload: README.</para>
/// <para>Unless the order is kept, points and triangles come back in another order, points that no triangle uses are dropped, and a triangle may start with another of its corners; its
/// orientation stays. The same input gives the same bytes everywhere. Static methods, no state: any number of threads.</para>
/// </remarks>
public static class TriangleCoder
{
    private const CheckMode Check = CheckMode.Check31;

    /// <summary>Encodes triangles.</summary>
    /// <param name="triangles">The triangles; not changed.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static EncodedTriangles Encode(IndexedTriangles triangles, TriangleCoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(triangles);
        options ??= new TriangleCoderOptions();
        var mesh = new TriangleCorners(triangles.Count);
        var coded = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(coded);
        var port = new WritingPort(encoder);
        GridPositions grid = triangles.Positions;
        int[] vertexOrder, cornerOrder;
        if (options.KeepOrder)
        {
            triangles.Corners.CopyTo(mesh.Vertices, 0);
            new OrderedCoder(mesh, grid.Count).Run(port);
            EdgePairs.Find(mesh, grid.Count);
            vertexOrder = Count(grid.Count);
            cornerOrder = Count(triangles.Corners.Length);
        }
        else
        {
            var source = new GateSource(triangles.Corners, grid.Count);
            new GateCoder(mesh, grid.Count, source).Run(port);
            vertexOrder = source.VertexOrder[..source.Vertices];
            cornerOrder = source.CornerOrder;
        }

        var parts = new List<int>();
        int written = Measure(encoder, coded, parts, 0);
        int[][] positions = [Pick(grid.X, vertexOrder), Pick(grid.Y, vertexOrder), Pick(grid.Z, vertexOrder)];
        new PositionCoder(mesh, positions, grid.Frame.Bits).Run(port, VertexOrder.Find(mesh, vertexOrder.Length));
        written = Measure(encoder, coded, parts, written);
        int[]? entries = null;
        foreach (AttributeLayer layer in triangles.Layers)
        {
            entries = LayerCoder.Write(port, mesh, positions, layer, cornerOrder, entries);
            written = Measure(encoder, coded, parts, written);
        }

        LayerShape[] shapes = [.. triangles.Layers.Select(l => new LayerShape(l.Kind, l.Components, l.Bits, l.Frame))];
        var header = new TriangleHeader(options.KeepOrder, mesh.Count, vertexOrder.Length, grid.Frame.Bits, options.StoreFrame ? grid.Frame : null, shapes);
        var output = new ArrayBufferWriter<byte>();
        header.Write(output);
        encoder.Bind(output.WrittenSpan);
        _ = encoder.Finish(Check);
        output.Write(coded.WrittenSpan);
        return new EncodedTriangles(output.WrittenSpan.ToArray(), vertexOrder, cornerOrder) { PartBytes = parts };
    }

    /// <summary>Decodes triangles.</summary>
    /// <param name="payload">The bytes; must not change meanwhile.</param>
    /// <param name="limits">What is accepted; null for the defaults.</param>
    /// <param name="frame">The grid, if the payload does not store it; its bits must be the payload's.</param>
    /// <returns>The triangles; each layer has one table entry for each value of each vertex.</returns>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged, or a grid is missing.</exception>
    /// <exception cref="LimitExceededException">More is declared than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version.</exception>
    public static IndexedTriangles Decode(ReadOnlyMemory<byte> payload, TriangleLimits? limits = null, GridFrame? frame = null)
    {
        TriangleHeader header = TriangleHeader.Read(payload.Span, limits ?? new TriangleLimits(), out int length);
        frame = header.Frame ?? frame ?? throw new InvalidBitstreamException("The payload does not store its grid and none was given: pass the grid of the scene.");
        if (frame.Bits != header.Bits)
        {
            throw new InvalidBitstreamException($"The payload has positions of {header.Bits} bits, the grid {frame.Bits}: it belongs to another grid.");
        }

        var mesh = new TriangleCorners(header.Triangles);
        var decoder = new RangeDecoder(payload[length..], Check);
        var port = new ReadingPort(decoder);
        ReadConnectivity(port, mesh, header);
        int[][] positions = [new int[header.Vertices], new int[header.Vertices], new int[header.Vertices]];
        new PositionCoder(mesh, positions, header.Bits).Run(port, VertexOrder.Find(mesh, header.Vertices));
        var layers = new AttributeLayer[header.Layers.Count];
        int[]? entries = null;
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = LayerCoder.Read(port, mesh, positions, header.Layers[i], entries, out entries);
        }

        decoder.Bind(payload.Span[..length]);
        decoder.Finish().ThrowIfFailed("triangles");
        return new IndexedTriangles(new GridPositions(frame, positions[0], positions[1], positions[2]), mesh.Vertices, layers);
    }

    // Notes how many bytes came since the last time.
    private static int Measure(RangeEncoder encoder, ArrayBufferWriter<byte> coded, List<int> parts, int before)
    {
        encoder.Flush();
        parts.Add(coded.WrittenCount - before);
        return coded.WrittenCount;
    }

    private static void ReadConnectivity(ReadingPort port, TriangleCorners mesh, TriangleHeader header)
    {
        if (header.KeepOrder)
        {
            new OrderedCoder(mesh, header.Vertices).Run(port);
            EdgePairs.Find(mesh, header.Vertices);
            return;
        }

        var gates = new GateCoder(mesh, header.Vertices, null);
        gates.Run(port);
        if (gates.Vertices != header.Vertices)
        {
            throw new InvalidBitstreamException($"The triangles have {gates.Vertices} vertices, {header.Vertices} are declared: damaged data.");
        }
    }

    private static int[] Count(int count)
    {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = i;
        }

        return numbers;
    }

    private static int[] Pick(int[] values, int[] order)
    {
        int[] picked = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            picked[i] = values[order[i]];
        }

        return picked;
    }
}
