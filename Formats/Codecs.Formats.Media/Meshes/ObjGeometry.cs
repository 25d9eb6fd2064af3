using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>What an OBJ file lists, and the triangles of each of its parts.</summary>
internal sealed class ObjGeometry(SceneLimits limits)
{
    private readonly List<float> _places = [], _colors = [], _coordinates = [], _normals = [];
    private readonly List<int> _points = [];
    private readonly Dictionary<PartKey, List<ObjCorner>> _parts = [];
    private readonly List<PartKey> _order = [];
    private long _triangles;

    private int VertexCount => _places.Count / 3;

    /// <summary>x y z, then a weight, or red green blue with or without alpha, or a weight and a colour.</summary>
    public void AddVertex(ref TextScanner scanner)
    {
        SceneLimits.Check(VertexCount + 1L, limits.MaxVertices, "vertices", nameof(limits.MaxVertices));
        for (int i = 0; i < 3; i++)
        {
            _places.Add(scanner.Number());
        }

        Span<float> more = stackalloc float[4];
        int count = 0;
        while (count < 4 && scanner.TryNumber(out float value))
        {
            more[count++] = value;
        }

        if (count >= 3)
        {
            // Colours may begin late: all before are white.
            while (_colors.Count < (VertexCount - 1) * 4)
            {
                _colors.Add(1);
            }

            for (int c = 0; c < 3; c++)
            {
                _colors.Add(SrgbCurve.ToLinear(Math.Clamp(more[c], 0, 1)));
            }

            _colors.Add(count == 4 ? Math.Clamp(more[3], 0, 1) : 1);
        }
    }

    public void AddTexCoord(ref TextScanner scanner)
    {
        SceneLimits.Check((_coordinates.Count / 2) + 1L, limits.MaxVertices, "texture coordinates", nameof(limits.MaxVertices));
        _coordinates.Add(scanner.Number());
        // v runs upwards in OBJ and downwards in glTF.
        _coordinates.Add(1 - (scanner.TryNumber(out float v) ? v : 0));
    }

    public void AddNormal(ref TextScanner scanner)
    {
        SceneLimits.Check((_normals.Count / 3) + 1L, limits.MaxVertices, "normals", nameof(limits.MaxVertices));
        Vec3 normal = new Vec3(scanner.Number(), scanner.Number(), scanner.Number()).Unit();
        _normals.Add((float)normal.X);
        _normals.Add((float)normal.Y);
        _normals.Add((float)normal.Z);
    }

    /// <summary>Reads v, v/vt, v//vn or v/vt/vn; numbers count from 1, negative ones from the end of what was listed so far.</summary>
    /// <exception cref="MediaException">Something is named that was not listed.</exception>
    public ObjCorner Corner(ReadOnlySpan<byte> word, ref TextScanner scanner)
    {
        int slash = word.IndexOf((byte)'/');
        int vertex = Resolve(slash < 0 ? word : word[..slash], VertexCount, "vertex", ref scanner);
        if (slash < 0)
        {
            return new ObjCorner(vertex, -1, -1);
        }

        word = word[(slash + 1)..];
        slash = word.IndexOf((byte)'/');
        ReadOnlySpan<byte> coordinate = slash < 0 ? word : word[..slash], normal = slash < 0 ? [] : word[(slash + 1)..];
        return new ObjCorner(
            vertex,
            coordinate.IsEmpty ? -1 : Resolve(coordinate, _coordinates.Count / 2, "texture coordinate", ref scanner),
            normal.IsEmpty ? -1 : Resolve(normal, _normals.Count / 3, "normal", ref scanner));
    }

    /// <summary>The position of a vertex.</summary>
    public ReadOnlySpan<float> Place(int vertex) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places).Slice(vertex * 3, 3);

    /// <summary>The corners of a part, made when it is new.</summary>
    public List<ObjCorner> Select(string? name, string? material, bool coordinates, bool normals)
    {
        var key = new PartKey(name, material, coordinates, normals);
        if (!_parts.TryGetValue(key, out List<ObjCorner>? corners))
        {
            SceneLimits.Check(_parts.Count + 1L, limits.MaxNodes, "groups", nameof(limits.MaxNodes));
            corners = [];
            _parts.Add(key, corners);
            _order.Add(key);
        }

        return corners;
    }

    public void CountTriangles(int count) => SceneLimits.Check(_triangles += count, limits.MaxTriangles, "triangles", nameof(limits.MaxTriangles));

    public void AddPoint(int vertex) => _points.Add(vertex);

    /// <summary>Makes the nodes and meshes.</summary>
    public void Build(Scene scene, MtlReader materials)
    {
        while (_colors.Count > 0 && _colors.Count < VertexCount * 4)
        {
            _colors.Add(1);
        }

        // A null key is not for dictionaries; a name never begins with white space.
        var meshes = new Dictionary<string, JsonArray>(StringComparer.Ordinal);
        var names = new List<string?>();
        foreach (PartKey key in _order)
        {
            if (!meshes.TryGetValue(key.Name ?? " ", out JsonArray? primitives))
            {
                primitives = [];
                meshes.Add(key.Name ?? " ", primitives);
                names.Add(key.Name);
            }

            primitives.Add((JsonNode)Primitive(scene, _parts[key], key, key.Material is null ? null : materials.Find(key.Material)));
        }

        foreach (string? name in names)
        {
            SceneNodes.AddMesh(scene, meshes[name ?? " "], name);
        }

        BuildPoints(scene);
    }

    /// <summary>A file of vertices without faces is a point cloud.</summary>
    private void BuildPoints(Scene scene)
    {
        int[] points = _points.Count > 0 ? [.. _points] : [];
        if (points.Length == 0 && _parts.Count == 0)
        {
            points = new int[VertexCount];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = i;
            }
        }

        if (points.Length > 0)
        {
            SceneLimits.Check(points.Length, limits.MaxVertices, "points", nameof(limits.MaxVertices));
            SceneNodes.AddMesh(scene, [SceneNodes.Primitive(scene, Take(_places, points, 3), null, null, _colors.Count > 0 ? Take(_colors, points, 4) : null, null, null)], null);
        }
    }

    private JsonObject Primitive(Scene scene, List<ObjCorner> corners, PartKey key, int? material)
    {
        var seen = new Dictionary<ObjCorner, int>();
        var chosen = new List<ObjCorner>();
        int[] indices = new int[corners.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            if (!seen.TryGetValue(corners[i], out int vertex))
            {
                vertex = chosen.Count;
                seen.Add(corners[i], vertex);
                chosen.Add(corners[i]);
            }

            indices[i] = vertex;
        }

        int[] places = new int[chosen.Count], coordinates = new int[chosen.Count], normals = new int[chosen.Count];
        for (int i = 0; i < chosen.Count; i++)
        {
            (places[i], coordinates[i], normals[i]) = (chosen[i].Vertex, chosen[i].TexCoord, chosen[i].Normal);
        }

        return SceneNodes.Primitive(
            scene,
            Take(_places, places, 3),
            key.Normals ? Take(_normals, normals, 3) : null,
            key.TexCoords ? Take(_coordinates, coordinates, 2) : null,
            _colors.Count > 0 ? Take(_colors, places, 4) : null,
            indices,
            material);
    }

    private static float[] Take(List<float> values, int[] elements, int components) =>
        Surface.Spread(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values), elements, components);

    private static int Resolve(ReadOnlySpan<byte> word, int count, string what, ref TextScanner scanner)
    {
        long number = scanner.Integer(word);
        long index = number < 0 ? count + number : number - 1;
        return index >= 0 && index < count
            ? (int)index
            : throw new MediaException($"Line {scanner.Line} names {what} {number}, {count} are listed so far.");
    }

    private readonly record struct PartKey(string? Name, string? Material, bool TexCoords, bool Normals);
}
