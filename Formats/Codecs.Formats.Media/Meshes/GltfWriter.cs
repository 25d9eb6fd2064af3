using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Writes scenes as GLB or glTF. What is not about buffers is written as it is.</summary>
internal static class GltfWriter
{
    // Text writers of .NET take no string that could grow beyond 10^9 characters when escaped.
    private const int MaxEmbeddedBytes = 120_000_000;

    /// <summary>Writes a GLB file: all buffers become one.</summary>
    public static void WriteGlb(Scene scene, Stream to)
    {
        JsonObject json = Join(scene, out IReadOnlyList<ReadOnlyMemory<byte>> parts);
        GlbContainer.Write(to, GltfJson.ToBytes(json), parts);
    }

    /// <summary>Writes a glTF file: all buffers become one, which is a data: URI.</summary>
    /// <exception cref="MediaException">The scene has too many bytes for a text.</exception>
    public static void WriteGltf(Scene scene, Stream to)
    {
        JsonObject json = Join(scene, out IReadOnlyList<ReadOnlyMemory<byte>> parts);
        using var bytes = new MemoryStream();
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            if (bytes.Length + part.Length > MaxEmbeddedBytes)
            {
                throw new MediaException($"The model has more than {MaxEmbeddedBytes} bytes of data, too many for a .gltf file. Write a .glb.");
            }

            bytes.Write(part.Span);
            bytes.Write("\0\0\0"u8[..(-part.Length & 3)]);
        }

        if (parts.Count > 0)
        {
            JsonObject buffer = GltfJson.Item(json, "buffers", 0);
            int length = (int)GltfJson.Integer(buffer, "byteLength", 0, Array.MaxLength);
            buffer["uri"] = "data:application/octet-stream;base64," + Convert.ToBase64String(bytes.GetBuffer(), 0, Math.Min(length, (int)bytes.Length));
        }

        to.Write(GltfJson.ToBytes(json));
    }

    /// <summary>A copy of the document with one buffer at most; a document that has only one is copied as it is.</summary>
    private static JsonObject Join(Scene scene, out IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var json = (JsonObject)scene.Json.DeepClone();
        parts = scene.Buffers;
        if (parts.Count == 0)
        {
            // An empty array is not allowed.
            json.Remove("buffers");
            return json;
        }

        if (parts.Count == 1)
        {
            return json;
        }

        long[] starts = new long[parts.Count];
        long total = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            starts[i] = total;
            total += i + 1 < parts.Count ? (parts[i].Length + 3L) & ~3 : parts[i].Length;
        }

        if (total > Array.MaxLength)
        {
            throw new MediaException($"The model has {total} bytes of data; {Array.MaxLength} can be written.");
        }

        JsonArray views = GltfJson.Grow(json, "bufferViews");
        for (int i = 0; i < views.Count; i++)
        {
            JsonObject view = GltfJson.Item(views, i);
            int buffer = GltfJson.Index(view, "buffer", parts.Count, "buffers") ?? throw new MediaException($"bufferViews[{i}] has no 'buffer'.");
            long offset = starts[buffer] + GltfJson.Integer(view, "byteOffset", 0, Array.MaxLength, 0);
            if (buffer > 0)
            {
                view["buffer"] = 0;
                view["byteOffset"] = offset;
            }
        }

        JsonArray buffers = GltfJson.Array(json, "buffers")!;
        while (buffers.Count > 1)
        {
            buffers.RemoveAt(buffers.Count - 1);
        }

        GltfJson.Item(buffers, 0)["byteLength"] = total;
        return json;
    }
}
