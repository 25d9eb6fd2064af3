using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Scenes;

/// <summary>Takes out of a copy of a scene's document what triangles and pictures say, and packs the bytes that remain.</summary>
/// <remarks>Accessors and buffer views keep their numbers. Emptied ones have lost their "componentType" or "buffer", and wait for the decoder to fill them.</remarks>
internal sealed class DocumentStripper
{
    private static readonly string[] s_accessorKeys = ["bufferView", "byteOffset", "componentType", "normalized", "count", "type", "min", "max", "sparse"];
    private static readonly string[] s_viewKeys = ["buffer", "byteOffset", "byteLength", "byteStride", "target"];

    private readonly Scene _scene;
    private readonly JsonObject _json;
    private readonly DocumentUses _uses;
    private readonly HashSet<int> _emptied = [];

    // Views that accessors share of which some are emptied.
    private readonly HashSet<int> _mixed = [];

    private DocumentStripper(Scene scene, DocumentUses uses)
    {
        _scene = scene;
        _json = (JsonObject)scene.Json.DeepClone();
        _uses = uses;
    }

    /// <summary>Strips a document.</summary>
    /// <param name="scene">The scene; not changed.</param>
    /// <param name="groups">What is coded.</param>
    /// <param name="images">Buffer views of pictures, which have sections of their own.</param>
    /// <param name="data">The bytes that remain, buffer after buffer.</param>
    public static JsonObject Strip(Scene scene, IReadOnlyList<PrimitiveGroup> groups, out List<int> images, out byte[] data)
    {
        var coded = groups.SelectMany(g => g.Members).ToHashSet();
        var stripper = new DocumentStripper(scene, DocumentUses.Count(scene, coded));
        foreach (PrimitiveGroup group in groups)
        {
            stripper.EmptyAccessors(group);
        }

        images = stripper.EmptyViews();
        data = stripper.PackBuffers();
        return stripper._json;
    }

    private void EmptyAccessors(PrimitiveGroup group)
    {
        JsonObject first = PrimitiveOf(group.Members[0]);
        var moved = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? _) in (JsonObject)first["attributes"]!)
        {
            moved.Add(name, Empty(GltfJson.Index((JsonObject)first["attributes"]!, name, _scene.AccessorCount, "accessors")));
        }

        int indices = Empty(GltfJson.Index(first, "indices", _scene.AccessorCount, "accessors"));
        foreach ((int Mesh, int Primitive) member in group.Members)
        {
            JsonObject primitive = PrimitiveOf(member);
            var attributes = (JsonObject)primitive["attributes"]!;
            foreach ((string name, int accessor) in moved)
            {
                Point(attributes, name, accessor);
            }

            Point(primitive, "indices", indices);
        }
    }

    // Untouched numbers keep their spelling.
    private static void Point(JsonObject parent, string key, int accessor)
    {
        if (GltfJson.Index(parent, key, int.MaxValue, "accessors") != accessor)
        {
            parent[key] = accessor;
        }
    }

    // The accessor itself, or a new one if others need it as it is.
    private int Empty(int? accessor)
    {
        JsonArray all = GltfJson.Grow(_json, "accessors");
        bool isFree = accessor is { } a && _uses.Accessors[a] == 0 && _emptied.Add(a);
        if (!isFree)
        {
            // Names and extras of the accessor go with each of its parts.
            JsonNode made = accessor is { } from ? all[from]!.DeepClone() : new JsonObject();
            all.Add(made);
            accessor = all.Count - 1;
            _emptied.Add(accessor.Value);
        }

        var json = (JsonObject)all[accessor!.Value]!;
        foreach (string key in s_accessorKeys)
        {
            json.Remove(key);
        }

        return accessor.Value;
    }

    private List<int> EmptyViews()
    {
        int count = _scene.BufferViewCount;
        int[] codedUses = new int[count], otherUses = (int[])_uses.Views.Clone(), imageUses = new int[count];
        for (int i = 0; i < _scene.AccessorCount; i++)
        {
            int[] counts = _emptied.Contains(i) ? codedUses : otherUses;
            foreach (int view in ViewsOf(GltfJson.Item(_scene.Json, "accessors", i)))
            {
                counts[view]++;
            }
        }

        for (int i = 0; i < _scene.ImageCount; i++)
        {
            if (GltfJson.Index(GltfJson.Item(_scene.Json, "images", i), "bufferView", count, "bufferViews") is { } view)
            {
                imageUses[view]++;
            }
        }

        var images = new List<int>();
        JsonArray views = GltfJson.Array(_json, "bufferViews") ?? [];
        for (int i = 0; i < count; i++)
        {
            bool isImage = imageUses[i] > 0 && codedUses[i] == 0;
            if (otherUses[i] > 0 || (imageUses[i] > 0 && !isImage) || imageUses[i] + codedUses[i] == 0)
            {
                if (codedUses[i] > 0 && imageUses[i] + _uses.Views[i] == 0)
                {
                    _mixed.Add(i);
                }

                continue;
            }

            foreach (string key in s_viewKeys)
            {
                ((JsonObject)views[i]!).Remove(key);
            }

            if (isImage)
            {
                images.Add(i);
            }
        }

        return images;
    }

    private IEnumerable<int> ViewsOf(JsonObject accessor)
    {
        JsonObject? sparse = GltfJson.Object(accessor, "sparse");
        foreach (JsonObject? part in (JsonObject?[])[accessor, sparse is null ? null : GltfJson.Object(sparse, "indices"), sparse is null ? null : GltfJson.Object(sparse, "values")])
        {
            if (part is not null && GltfJson.Index(part, "bufferView", _scene.BufferViewCount, "bufferViews") is { } view)
            {
                yield return view;
            }
        }
    }

    private byte[] PackBuffers()
    {
        JsonArray views = GltfJson.Array(_json, "bufferViews") ?? [], buffers = GltfJson.Array(_json, "buffers") ?? [];
        var kept = new List<(int View, int Buffer, int From, int Length)>();
        for (int i = 0; i < views.Count; i++)
        {
            var view = (JsonObject)views[i]!;
            if (view.ContainsKey("buffer"))
            {
                kept.Add((i, GltfJson.Index(view, "buffer", buffers.Count, "buffers")!.Value, (int)GltfJson.Integer(view, "byteOffset", 0, Array.MaxLength, 0), _scene.BufferView(i).Length));
            }
        }

        using var data = new MemoryStream();
        for (int b = 0; b < buffers.Count; b++)
        {
            long start = data.Length;
            int end = 0, shift = 0;
            ReadOnlySpan<byte> bytes = _scene.Buffers[b].Span;
            foreach ((int number, _, int from, int length) in kept.Where(k => k.Buffer == b).OrderBy(k => k.From).ThenBy(k => k.View))
            {
                if (from >= end)
                {
                    // A new piece; its places stay multiples of 4 if they were.
                    int at = (int)(data.Length - start);
                    int padding = (from - at) & 3;
                    data.Write("\0\0\0"u8[..padding]);
                    shift = at + padding - from;
                    end = from;
                }

                if (from + length > end)
                {
                    data.Write(bytes[end..(from + length)]);
                    end = from + length;
                }

                if (shift != 0)
                {
                    ((JsonObject)views[number]!)["byteOffset"] = from + shift;
                }
            }

            if (GltfJson.Integer((JsonObject)buffers[b]!, "byteLength", 0, Array.MaxLength) != data.Length - start)
            {
                ((JsonObject)buffers[b]!)["byteLength"] = (int)(data.Length - start);
            }
        }

        byte[] bytesKept = data.ToArray();
        if (_mixed.Count > 0)
        {
            ClearUnused(bytesKept, views, buffers);
        }

        return bytesKept;
    }

    // In views that were shared, the numbers of emptied accessors become zeros.
    private void ClearUnused(byte[] data, JsonArray views, JsonArray buffers)
    {
        bool[] isUsed = new bool[data.Length];
        int[] starts = new int[buffers.Count];
        for (int b = 1; b < starts.Length; b++)
        {
            starts[b] = starts[b - 1] + (int)GltfJson.Integer((JsonObject)buffers[b - 1]!, "byteLength", 0, Array.MaxLength);
        }

        for (int i = 0; i < views.Count; i++)
        {
            if (((JsonObject)views[i]!).ContainsKey("buffer") && !_mixed.Contains(i))
            {
                isUsed.AsSpan(Start(i), _scene.BufferView(i).Length).Fill(true);
            }
        }

        for (int i = 0; i < _scene.AccessorCount; i++)
        {
            JsonObject accessor = GltfJson.Item(_scene.Json, "accessors", i);
            foreach (int view in _emptied.Contains(i) ? [] : ViewsOf(accessor).Where(_mixed.Contains))
            {
                // What is not plain vectors keeps all behind its beginning.
                (ReadOnlyMemory<byte> bytes, int stride) = _scene.View(view);
                SceneAccessor open = _scene.Accessor(i);
                bool isPlain = !open.IsSparse && open.Components <= 4;
                int from = isPlain ? (int)GltfJson.Integer(accessor, "byteOffset", 0, Array.MaxLength, 0) : 0;
                long length = isPlain ? (long)open.Count * (stride == 0 ? open.Components * 4 : stride) : bytes.Length;
                isUsed.AsSpan(Start(view) + from, (int)Math.Min(length, bytes.Length - from)).Fill(true);
            }
        }

        for (int i = 0; i < data.Length; i++)
        {
            data[i] = isUsed[i] ? data[i] : (byte)0;
        }

        int Start(int view)
        {
            var json = (JsonObject)views[view]!;
            return starts[GltfJson.Index(json, "buffer", starts.Length, "buffers")!.Value] + (int)GltfJson.Integer(json, "byteOffset", 0, Array.MaxLength, 0);
        }
    }

    private JsonObject PrimitiveOf((int Mesh, int Primitive) at) =>
        GltfJson.Item(GltfJson.Array(GltfJson.Item(_json, "meshes", at.Mesh), "primitives")!, at.Primitive);
}
