using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Reads PLY: a mesh when it has faces, a point cloud when it has none.</summary>
/// <remarks>Turk, The PLY polygon file format (1994). Colours are taken as sRGB. Texture coordinates of vertices and, as MeshLab writes them, of corners are read.</remarks>
internal sealed class PlyReader
{
    private readonly SceneLimits _limits;
    private readonly List<int> _triangles = [];
    private readonly List<float> _wedges = [];
    private readonly PolygonTriangulator _triangulator = new();
    private int[] _polygon = [];
    private float[] _coordinates = [], _places = [];
    private PlyVertices? _vertices;

    private PlyReader(SceneLimits limits) => _limits = limits;

    public static Scene Read(ReadOnlySpan<byte> file, SideFiles beside, SceneLimits limits, List<string> warnings)
    {
        PlyHeader header = PlyHeader.Read(file);
        var reader = new PlyReader(limits);
        var values = new PlyValues(file[header.Bytes..], header.Encoding);
        foreach (PlyElement element in header.Elements)
        {
            if (element.Name == "vertex" && reader._vertices is null)
            {
                reader._vertices = new PlyVertices(element, limits);
                reader._vertices.Read(ref values);
            }
            else if (element.Name == "face")
            {
                reader.ReadFaces(element, ref values);
            }
            else
            {
                if (element.Count > 0)
                {
                    warnings.Add($"The PLY file's elements '{element.Name}' are not read.");
                }

                Skip(element, ref values);
            }
        }

        return reader.Build(header, beside, warnings);
    }

    private static void Skip(PlyElement element, ref PlyValues values)
    {
        for (long i = 0; i < element.Count; i++)
        {
            foreach (PlyProperty property in element.Properties)
            {
                SkipProperty(property, ref values);
            }
        }
    }

    private static void SkipProperty(PlyProperty property, ref PlyValues values)
    {
        for (int left = property.Length is null ? 1 : values.NextLength(property); left > 0; left--)
        {
            values.Next(property.Type);
        }
    }

    private void ReadFaces(PlyElement element, ref PlyValues values)
    {
        int corners = element.Find("vertex_indices", "vertex_index"), coordinates = element.Find("texcoord");
        if (_vertices is null || corners < 0 || element.Properties[corners].Length is null)
        {
            throw new MediaException("The faces of the PLY file have no list 'vertex_indices', or come before the vertices.");
        }

        for (long i = 0; i < element.Count; i++)
        {
            int count = 0, numbers = 0;
            for (int p = 0; p < element.Properties.Count; p++)
            {
                PlyProperty property = element.Properties[p];
                if (p == corners)
                {
                    count = ReadPolygon(property, ref values, i);
                }
                else if (p == coordinates && property.Length is not null)
                {
                    numbers = ReadCoordinates(property, ref values);
                }
                else
                {
                    SkipProperty(property, ref values);
                }
            }

            AddFace(count, numbers, coordinates >= 0);
        }
    }

    private int ReadPolygon(PlyProperty property, ref PlyValues values, long face)
    {
        int count = values.NextLength(property), vertices = _vertices!.Positions.Length / 3;
        for (int i = 0; i < count; i++)
        {
            double vertex = values.Next(property.Type);
            if (!(vertex >= 0 && vertex < vertices))
            {
                throw new MediaException($"Face {face} of the PLY file names vertex {vertex}, there are {vertices}.");
            }

            // Grown while reading: a text may promise any length.
            if (i >= _polygon.Length)
            {
                Array.Resize(ref _polygon, Math.Max(16, i * 2));
            }

            _polygon[i] = (int)vertex;
        }

        return count;
    }

    private int ReadCoordinates(PlyProperty property, ref PlyValues values)
    {
        int count = values.NextLength(property);
        for (int i = 0; i < count; i++)
        {
            float value = (float)values.Next(property.Type);
            if (i >= _coordinates.Length)
            {
                Array.Resize(ref _coordinates, Math.Max(16, i * 2));
            }

            _coordinates[i] = float.IsFinite(value) ? value : 0;
        }

        return count;
    }

    private void AddFace(int count, int numbers, bool wedges)
    {
        if (count < 3)
        {
            return;
        }

        if (_places.Length < count * 3)
        {
            _places = new float[Math.Max(48, count * 3)];
        }

        for (int i = 0; i < count; i++)
        {
            _vertices!.Positions.AsSpan(_polygon[i] * 3, 3).CopyTo(_places.AsSpan(i * 3));
        }

        foreach (int corner in _triangulator.Split(_places.AsSpan(0, count * 3)))
        {
            _triangles.Add(_polygon[corner]);
            if (wedges)
            {
                bool there = numbers == count * 2;
                _wedges.Add(there ? _coordinates[corner * 2] : 0);
                _wedges.Add(there ? 1 - _coordinates[(corner * 2) + 1] : 0);
            }
        }

        SceneLimits.Check(_triangles.Count / 3, _limits.MaxTriangles, "triangles", nameof(_limits.MaxTriangles));
    }

    private Scene Build(PlyHeader header, SideFiles beside, List<string> warnings)
    {
        if (_vertices is not { Positions.Length: > 0 } v)
        {
            throw new MediaException("The PLY file has no vertices.");
        }

        if (_triangles.Count == 0)
        {
            return Scene.FromPointCloud(new PointCloud(v.Positions) { Normals = v.Normals, Colors = v.Colors });
        }

        var scene = new Scene();
        int? texture = null;
        if (header.TextureFile is { Length: > 0 } file && TextureImages.Add(scene, beside, file, warnings) is { } image)
        {
            texture = MaterialWriter.Texture(scene, image, TextureWrap.Repeat, TextureWrap.Repeat);
        }

        int material = MaterialWriter.Add(scene, SurfaceMaterial.Matte, texture);
        SceneNodes.AddMesh(scene, [_wedges.Count > 0 ? Wedged(scene, v, material) : Indexed(scene, v, material)], null);
        return scene;
    }

    /// <summary>Vertices that no face uses (the bunny has a thousand) are left out.</summary>
    private JsonObject Indexed(Scene scene, PlyVertices v, int material)
    {
        int[] indices = [.. _triangles];
        int[] used = VertexSelection.Compact(indices);
        return SceneNodes.Primitive(
            scene,
            Surface.Spread(v.Positions, used, 3),
            v.Normals is null ? null : Surface.Spread(v.Normals, used, 3),
            v.TexCoords is null ? null : Surface.Spread(v.TexCoords, used, 2),
            v.Colors is null ? null : Surface.Spread(v.Colors, used, 4),
            indices,
            material);
    }

    private JsonObject Wedged(Scene scene, PlyVertices v, int material)
    {
        var seen = new Dictionary<(int Vertex, float U, float V), int>();
        var chosen = new List<int>();
        int[] indices = new int[_triangles.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            var key = (_triangles[i], _wedges[i * 2], _wedges[(i * 2) + 1]);
            if (!seen.TryGetValue(key, out int vertex))
            {
                vertex = chosen.Count;
                seen.Add(key, vertex);
                chosen.Add(i);
            }

            indices[i] = vertex;
        }

        int[] corners = [.. chosen], places = new int[corners.Length];
        for (int i = 0; i < corners.Length; i++)
        {
            places[i] = _triangles[corners[i]];
        }

        return SceneNodes.Primitive(
            scene,
            Surface.Spread(v.Positions, places, 3),
            v.Normals is null ? null : Surface.Spread(v.Normals, places, 3),
            Surface.Spread(_wedges.ToArray(), corners, 2),
            v.Colors is null ? null : Surface.Spread(v.Colors, places, 4),
            indices,
            material);
    }
}
