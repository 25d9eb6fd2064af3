using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>A section of triangles.</summary>
/// <param name="Mesh">Mesh of the first primitive that draws them.</param>
/// <param name="Primitive">Its place in the mesh.</param>
/// <param name="KeepOrder">Vertices are points, in their order.</param>
/// <param name="HeadBytes">Bytes before the triangles' own payload.</param>
/// <param name="Triangles">The triangles.</param>
internal sealed record TriangleSection(int Mesh, int Primitive, bool KeepOrder, int HeadBytes, IndexedTriangles Triangles)
{
    private const int KeepOrderFlag = 1;

    /// <summary>Encodes a group as a section.</summary>
    public static byte[] Write(PrimitiveGroup group, GridFrame frame, PartBytes parts)
    {
        PrimitiveData data = group.Data;
        IndexedTriangles triangles = data.KeepOrder ? Ordered(data, frame) : TriangleWelder.Weld(frame, data.Positions, data.Triangles, data.Attributes).Triangles;
        EncodedTriangles encoded = TriangleCoder.Encode(triangles, new TriangleCoderOptions { KeepOrder = data.KeepOrder, StoreFrame = false });
        parts.Add(encoded, triangles.Layers);
        var writer = new PayloadWriter();
        writer.Number(group.Members[0].Mesh);
        writer.Number(group.Members[0].Primitive);
        writer.Number(group.Grid);
        writer.Byte(data.KeepOrder ? KeepOrderFlag : 0);
        writer.Bytes(encoded.Payload);
        return writer.ToArray();
    }

    /// <summary>Decodes a section.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">More is declared than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Triangles of another version.</exception>
    public static TriangleSection Read(ReadOnlyMemory<byte> section, List<GridFrame> grids, TriangleLimits limits)
    {
        var cursor = new PayloadCursor(section, "A section of triangles");
        int mesh = cursor.Number(), primitive = cursor.Number(), grid = cursor.Number(), flags = cursor.Byte();
        if (grid >= grids.Count || (flags & ~KeepOrderFlag) != 0)
        {
            throw cursor.Fault($"grid {grid} of {grids.Count} and flags {flags}");
        }

        int head = cursor.Position;
        return new TriangleSection(mesh, primitive, (flags & KeepOrderFlag) != 0, head, TriangleCoder.Decode(cursor.Rest(), limits, grids[grid]));
    }

    // Vertices at one place stay apart: each is known by its number.
    private static IndexedTriangles Ordered(PrimitiveData data, GridFrame frame)
    {
        int count = data.Positions.Length / 3;
        int[][] places = [new int[count], new int[count], new int[count]];
        for (int i = 0; i < data.Positions.Length; i++)
        {
            places[i % 3][i / 3] = frame.Place(i % 3, data.Positions[i]);
        }

        AttributeLayer[] layers = [.. data.Attributes.Select(a => AttributeQuantizer.Quantize(a, data.Triangles))];
        return new IndexedTriangles(new GridPositions(frame, places[0], places[1], places[2]), data.Triangles, layers);
    }
}
