using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Reads what nodes show, primitive after primitive, with transforms and skins applied. Morph targets stay at rest.</summary>
internal sealed class PartReader
{
    private readonly Scene _scene;
    private readonly SceneLimits _limits;
    private readonly Affine[] _world;
    private readonly Dictionary<int, Skinning> _skins = [];
    private long _vertices, _triangles;

    private PartReader(Scene scene, SceneLimits limits)
    {
        _scene = scene;
        _limits = limits;
        _world = NodeTransform.World(scene);
    }

    /// <summary>All parts with triangles, or all with points, in the order of the document.</summary>
    /// <exception cref="MediaException">A coordinate is not finite, an index names no vertex.</exception>
    /// <exception cref="LimitExceededException">There are more vertices or triangles than the limits allow.</exception>
    public static List<ScenePart> Read(Scene scene, SceneLimits limits, bool points)
    {
        var reader = new PartReader(scene, limits);
        var parts = new List<ScenePart>();
        if (scene.NodeCount == 0)
        {
            // A library of meshes: each as it is.
            for (int mesh = 0; mesh < scene.MeshCount; mesh++)
            {
                reader.ReadMesh(mesh, null, Affine.Identity, null, points, parts);
            }

            return parts;
        }

        foreach (int node in NodeTransform.Shown(scene))
        {
            JsonObject json = GltfJson.Item(scene.Json, "nodes", node);
            if (GltfJson.Index(json, "mesh", scene.MeshCount, "meshes") is not { } mesh)
            {
                continue;
            }

            Skinning? skin = null;
            if (GltfJson.Index(json, "skin", GltfJson.Count(scene.Json, "skins"), "skins") is { } index && !reader._skins.TryGetValue(index, out skin))
            {
                skin = Skinning.Open(scene, index, reader._world);
                reader._skins.Add(index, skin);
            }

            reader.ReadMesh(mesh, GltfJson.Text(json, "name"), reader._world[node], skin, points, parts);
        }

        return parts;
    }

    private void ReadMesh(int mesh, string? name, Affine world, Skinning? skin, bool points, List<ScenePart> parts)
    {
        JsonObject json = GltfJson.Item(_scene.Json, "meshes", mesh);
        JsonArray primitives = GltfJson.Array(json, "primitives") ?? [];
        for (int i = 0; i < primitives.Count; i++)
        {
            JsonObject primitive = GltfJson.Item(primitives, i);
            var mode = (PrimitiveMode)GltfJson.Integer(primitive, "mode", 0, 6, (int)PrimitiveMode.Triangles);
            if (points ? mode == PrimitiveMode.Points : mode >= PrimitiveMode.Triangles)
            {
                SceneLimits.Check(parts.Count + 1L, _limits.MaxNodes, "primitives to draw", nameof(_limits.MaxNodes));
                if (ReadPrimitive(primitive, mode, name ?? GltfJson.Text(json, "name"), world, skin) is { } part)
                {
                    parts.Add(part);
                }
            }
        }
    }

    private ScenePart? ReadPrimitive(JsonObject primitive, PrimitiveMode mode, string? name, Affine world, Skinning? skin)
    {
        JsonObject attributes = GltfJson.Object(primitive, "attributes") ?? [];
        if (Attribute(attributes, "POSITION") is not { } positions)
        {
            return null;
        }

        SceneAccessor? indices = Attribute(primitive, "indices");
        int count = indices?.Count ?? positions.Count;
        SceneLimits.Check(_triangles += Primitives.TriangleCount(mode, count), _limits.MaxTriangles, "triangles to draw", nameof(_limits.MaxTriangles));
        SceneLimits.Check(mode == PrimitiveMode.Points ? count : 0, _limits.MaxVertices, "points to draw", nameof(_limits.MaxVertices));
        int[] order = indices?.ReadIntegers() ?? Sequence(count);
        foreach (int index in order)
        {
            if ((uint)index >= (uint)positions.Count)
            {
                throw new MediaException($"{primitive.GetPath()} names vertex {index}, it has {positions.Count}.");
            }
        }

        int[] elements = VertexSelection.Compact(order);
        SceneLimits.Check(_vertices += elements.Length, _limits.MaxVertices, "vertices to draw", nameof(_limits.MaxVertices));
        int? material = GltfJson.Index(primitive, "material", GltfJson.Count(_scene.Json, "materials"), "materials");
        TextureSlot? slot = material is { } m ? TextureSlot.BaseColor(_scene, GltfJson.Item(_scene.Json, "materials", m)) : null;
        float[] places = Values(positions, "POSITION", elements, 3)!;
        float[]? normals = Values(Attribute(attributes, "NORMAL"), "NORMAL", elements, 3);
        Affine[]? maps = skin?.Maps(_scene, attributes, elements);
        Move(primitive, places, normals, maps, world);
        return new ScenePart
        {
            Name = name,
            Material = material ?? -1,
            Positions = places,
            Normals = normals,
            Colors = Colors(Attribute(attributes, "COLOR_0"), elements),
            TexCoords = Coordinates(attributes, elements, slot),
            Triangles = Triangles(mode, order, maps is null && world.Determinant < 0),
            IsPoints = mode == PrimitiveMode.Points,
        };
    }

    private static int[] Triangles(PrimitiveMode mode, int[] order, bool mirrored)
    {
        int[] triangles = Primitives.Triangulate(mode, order);
        for (int i = 0; mirrored && i < triangles.Length; i += 3)
        {
            (triangles[i + 1], triangles[i + 2]) = (triangles[i + 2], triangles[i + 1]);
        }

        return triangles;
    }

    private static void Move(JsonObject primitive, float[] places, float[]? normals, Affine[]? maps, Affine world)
    {
        bool still = maps is null && world == Affine.Identity;
        for (int i = 0; i < places.Length / 3; i++)
        {
            Affine map = maps?[i] ?? world;
            if (!still)
            {
                map.Point(Vec3.At(places, i)).Store(places, i);
            }

            if (!Vec3.At(places, i).IsFinite)
            {
                throw new MediaException($"{primitive.GetPath()} has a vertex whose coordinates are not finite ({i}).");
            }

            if (normals is not null)
            {
                Vec3 normal = Vec3.At(normals, i);
                (still ? (normal.IsFinite ? normal : default) : map.Normal(normal)).Store(normals, i);
            }
        }
    }

    private SceneAccessor? Attribute(JsonObject parent, string key) =>
        GltfJson.Index(parent, key, _scene.AccessorCount, "accessors") is { } index ? _scene.Accessor(index) : null;

    private static float[]? Values(SceneAccessor? accessor, string key, int[] elements, int components)
    {
        if (accessor is null)
        {
            return null;
        }

        if (accessor.Components != components)
        {
            throw new MediaException($"accessors[{accessor.Index}] has {accessor.Components} numbers an element, {key} needs {components}.");
        }

        CheckReach(accessor, elements);
        return accessor.ReadFloats(elements);
    }

    private static float[]? Colors(SceneAccessor? accessor, int[] elements)
    {
        if (accessor is null)
        {
            return null;
        }

        if (accessor.Components is not (3 or 4))
        {
            throw new MediaException($"accessors[{accessor.Index}] has {accessor.Components} numbers an element, COLOR_0 needs 3 or 4.");
        }

        CheckReach(accessor, elements);
        float[] from = accessor.ReadFloats(elements), colors = new float[elements.Length * 4];
        for (int i = 0; i < elements.Length; i++)
        {
            for (int c = 0; c < 4; c++)
            {
                float value = c < accessor.Components ? from[(i * accessor.Components) + c] : 1;
                colors[(i * 4) + c] = float.IsFinite(value) ? Math.Clamp(value, 0, 1) : 0;
            }
        }

        return colors;
    }

    private float[]? Coordinates(JsonObject attributes, int[] elements, TextureSlot? slot)
    {
        string key = $"TEXCOORD_{slot?.Set ?? 0}";
        float[]? values = Values(Attribute(attributes, key), key, elements, 2);
        for (int i = 0; i < (values?.Length ?? 0); i++)
        {
            values![i] = float.IsFinite(values[i]) ? values[i] : 0;
        }

        if (values is not null)
        {
            slot?.Apply(values);
        }

        return values;
    }

    /// <summary>Attributes of one primitive have as many elements when the file was checked, but anybody may have changed the document since.</summary>
    private static void CheckReach(SceneAccessor accessor, int[] elements)
    {
        if (elements.Length > 0 && elements[^1] >= accessor.Count)
        {
            throw new MediaException($"accessors[{accessor.Index}] has {accessor.Count} elements, vertex {elements[^1]} is asked for.");
        }
    }

    private static int[] Sequence(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        return order;
    }
}
