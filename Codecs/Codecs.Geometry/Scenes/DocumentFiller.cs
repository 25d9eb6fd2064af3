using System.Text.Json.Nodes;
using Codecs.Formats.Media;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Puts what was decoded back into a stripped document: the reverse of <see cref="DocumentStripper"/>.</summary>
internal sealed class DocumentFiller
{
    private readonly JsonObject _json;
    private readonly List<ReadOnlyMemory<byte>> _buffers = [];
    private readonly SortedDictionary<int, AccessorData> _accessors = [];
    private readonly SortedDictionary<int, ReadOnlyMemory<byte>> _images = [];
    private readonly SceneLimits _limits;
    private long _bytes;

    /// <summary>Takes a document and the bytes of its buffers over.</summary>
    /// <exception cref="InvalidBitstreamException">There are not as many bytes as the document says.</exception>
    /// <exception cref="MediaException">The document is no glTF.</exception>
    public DocumentFiller(JsonObject json, ReadOnlyMemory<byte> data, SceneLimits limits)
    {
        (_json, _limits) = (json, limits);
        SceneLimits.Check(GltfJson.Count(json, "buffers"), limits.MaxNodes, "buffers", nameof(limits.MaxNodes));
        for (int i = 0; i < GltfJson.Count(json, "buffers"); i++)
        {
            int length = (int)GltfJson.Integer(GltfJson.Item(json, "buffers", i), "byteLength", 0, Array.MaxLength);
            _buffers.Add(length <= data.Length ? data[..length] : throw Damaged($"buffers[{i}] needs {length} bytes, {data.Length} are left"));
            data = data[length..];
        }

        if (!data.IsEmpty)
        {
            throw Damaged($"{data.Length} bytes belong to no buffer");
        }
    }

    /// <summary>Gives a picture's buffer view its bytes.</summary>
    /// <param name="view">The view's place in the document.</param>
    /// <param name="bytes">The picture file.</param>
    /// <param name="mimeType">Its new type, or null if it is the file that it was.</param>
    public void AddImage(int view, ReadOnlyMemory<byte> bytes, string? mimeType)
    {
        if (GltfJson.Item(_json, "bufferViews", view).ContainsKey("buffer") || !_images.TryAdd(view, bytes))
        {
            throw Damaged($"bufferViews[{view}] has its bytes already");
        }

        Charge(bytes.Length);
        for (int i = 0; mimeType is not null && i < GltfJson.Count(_json, "images"); i++)
        {
            JsonObject image = GltfJson.Item(_json, "images", i);
            if (GltfJson.Index(image, "bufferView", int.MaxValue, "bufferViews") == view)
            {
                image["mimeType"] = mimeType;
            }
        }
    }

    /// <summary>Gives the accessors of a primitive their elements.</summary>
    /// <param name="mesh">Its mesh.</param>
    /// <param name="primitive">Its place in the mesh.</param>
    /// <param name="triangles">The triangles.</param>
    /// <param name="keepOrder">Vertices are points, in their order.</param>
    public void AddTriangles(int mesh, int primitive, IndexedTriangles triangles, bool keepOrder)
    {
        JsonArray primitives = GltfJson.Array(GltfJson.Item(_json, "meshes", mesh), "primitives") ?? [];
        JsonObject json = primitive < primitives.Count ? GltfJson.Item(primitives, primitive) : throw Damaged($"meshes[{mesh}] has no primitive {primitive}");
        JsonObject attributes = GltfJson.Object(json, "attributes") ?? throw Damaged($"{json.GetPath()} has no attributes");
        if (AttributeSlot.Find(attributes) is not { } slots || slots.Count != triangles.Layers.Count)
        {
            throw Damaged($"{json.GetPath()} has other attributes than its triangles have layers, {triangles.Layers.Count}");
        }

        SplitVertices vertices = keepOrder ? SplitVertices.Keep(triangles) : SplitVertices.Split(triangles);
        int numbers = 3 + triangles.Layers.Sum(l => l.Components + 1);
        Charge(4L * ((long)vertices.Points.Length * numbers + vertices.Indices.Length));
        Add(json, "indices", AccessorData.Indices(vertices.Indices, vertices.Points.Length));
        float[] points = triangles.Positions.ToFloats(), places = new float[vertices.Points.Length * 3];
        for (int i = 0; i < vertices.Points.Length; i++)
        {
            points.AsSpan(vertices.Points[i] * 3, 3).CopyTo(places.AsSpan(i * 3));
        }

        Add(attributes, "POSITION", AccessorData.Floats(places, 3, withBounds: true));
        for (int i = 0; i < slots.Count; i++)
        {
            int name = 0;
            foreach (AccessorData data in LayerAccessors.Make(slots[i], triangles.Layers[i], vertices.Values[i]))
            {
                Add(attributes, slots[i].Names[name++], data);
            }
        }
    }

    /// <summary>The scene, checked.</summary>
    /// <exception cref="MediaException">The document does not fit to what was decoded.</exception>
    public Scene Finish()
    {
        JsonArray? views = _accessors.Count + _images.Count > 0 ? GltfJson.Grow(_json, "bufferViews") : GltfJson.Array(_json, "bufferViews");
        var tail = new MemoryStream();
        int kept = _buffers.Count > 0 ? _buffers[0].Length : 0;
        var free = new Queue<int>();
        for (int i = 0; i < (views?.Count ?? 0); i++)
        {
            JsonObject view = GltfJson.Item(views!, i);
            if (_images.TryGetValue(i, out ReadOnlyMemory<byte> image))
            {
                Append(view, tail, kept, image.Span);
            }
            else if (!view.ContainsKey("buffer"))
            {
                free.Enqueue(i);
            }
        }

        foreach ((int accessor, AccessorData data) in _accessors)
        {
            if (!free.TryDequeue(out int number))
            {
                number = views!.Count;
                views.Add(new JsonObject());
            }

            JsonObject json = GltfJson.Item(_json, "accessors", accessor), view = GltfJson.Item(views!, number);
            json["bufferView"] = number;
            Append(view, tail, kept, data.Bytes);
            data.Describe(json, view);
        }

        // An accessor with sparse values had three views.
        while (free.TryDequeue(out int number))
        {
            Append(GltfJson.Item(views!, number), tail, kept, new byte[4]);
        }

        Join(tail);
        return new Scene(_json, _buffers, _limits);
    }

    private void Join(MemoryStream tail)
    {
        if (tail.Length == 0)
        {
            return;
        }

        if (_buffers.Count == 0)
        {
            GltfJson.Grow(_json, "buffers").Add(new JsonObject());
            _buffers.Add(default);
        }

        byte[] joined = new byte[((_buffers[0].Length + 3) & ~3) + tail.Length];
        _buffers[0].Span.CopyTo(joined);
        tail.GetBuffer().AsSpan(0, (int)tail.Length).CopyTo(joined.AsSpan(joined.Length - (int)tail.Length));
        _buffers[0] = joined;
        GltfJson.Item(_json, "buffers", 0)["byteLength"] = joined.Length;
    }

    private static void Append(JsonObject view, MemoryStream tail, int kept, ReadOnlySpan<byte> bytes)
    {
        tail.Write("\0\0\0"u8[..(int)(-tail.Length & 3)]);
        view["buffer"] = 0;
        view["byteOffset"] = ((kept + 3) & ~3) + (int)tail.Length;
        view["byteLength"] = bytes.Length;
        tail.Write(bytes);
    }

    private void Add(JsonObject parent, string key, AccessorData data)
    {
        int accessor = GltfJson.Index(parent, key, GltfJson.Count(_json, "accessors"), "accessors") ?? throw Damaged($"{parent.GetPath()} has no {key}");
        if (GltfJson.Item(_json, "accessors", accessor).ContainsKey("componentType") || !_accessors.TryAdd(accessor, data))
        {
            throw Damaged($"accessors[{accessor}] has its elements already");
        }
    }

    private void Charge(long bytes)
    {
        _bytes += bytes;
        SceneLimits.Check(_bytes, Math.Min(_limits.MaxFileBytes, Array.MaxLength / 2), "bytes of decoded data", nameof(_limits.MaxFileBytes));
    }

    private static InvalidBitstreamException Damaged(string what) => new($"A scene's document does not fit to its data: {what}. Damaged data.");
}
