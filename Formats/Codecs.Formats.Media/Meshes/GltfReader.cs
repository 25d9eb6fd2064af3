using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Reads GLB and glTF: the document as it is, its buffers, and its pictures made buffer views.</summary>
internal static class GltfReader
{
    public static Scene ReadGlb(ReadOnlyMemory<byte> file, SideFiles beside, SceneLimits limits, List<string> warnings)
    {
        (ReadOnlyMemory<byte> json, ReadOnlyMemory<byte>? binary) = GlbContainer.Split(file, warnings);
        return Read(GltfJson.Parse(json.Span, limits), binary, beside, limits, warnings);
    }

    public static Scene ReadGltf(ReadOnlyMemory<byte> file, SideFiles beside, SceneLimits limits, List<string> warnings) =>
        Read(GltfJson.Parse(file.Span, limits), null, beside, limits, warnings);

    private static Scene Read(JsonObject json, ReadOnlyMemory<byte>? binary, SideFiles beside, SceneLimits limits, List<string> warnings)
    {
        var buffers = new List<ReadOnlyMemory<byte>>();
        var loaded = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        int count = GltfJson.Count(json, "buffers"), images = GltfJson.Count(json, "images");
        SceneLimits.Check((long)count + images, limits.MaxNodes, "buffers and images", nameof(limits.MaxNodes));
        for (int i = 0; i < count; i++)
        {
            buffers.Add(ReadBuffer(GltfJson.Item(json, "buffers", i), i, binary, beside, loaded));
        }

        for (int i = 0; i < images; i++)
        {
            JsonObject image = GltfJson.Item(json, "images", i);
            if (GltfJson.Text(image, "uri") is { } uri)
            {
                Embed(json, image, uri, buffers, beside, loaded, warnings);
            }
        }

        return new Scene(json, buffers, limits);
    }

    private static ReadOnlyMemory<byte> ReadBuffer(
        JsonObject json, int index, ReadOnlyMemory<byte>? binary, SideFiles beside, Dictionary<string, ReadOnlyMemory<byte>> loaded)
    {
        int length = (int)GltfJson.Integer(json, "byteLength", 0, Array.MaxLength);
        ReadOnlyMemory<byte> bytes;
        if (GltfJson.Text(json, "uri") is { } uri)
        {
            bytes = Load(uri, beside, loaded, out _);
            json.Remove("uri");
        }
        else
        {
            bytes = index == 0 && binary is { } chunk ? chunk
                : length == 0 ? default
                : throw new MediaException($"buffers[{index}] has neither a 'uri' nor a binary chunk.");
        }

        return length <= bytes.Length ? bytes[..length] : throw new MediaException($"buffers[{index}] needs {length} bytes, its data has {bytes.Length}.");
    }

    /// <summary>Makes a picture that is a file of its own a view of a new buffer; one that cannot be had is left out, as colour is not shape.</summary>
    private static void Embed(
        JsonObject json, JsonObject image, string uri, List<ReadOnlyMemory<byte>> buffers, SideFiles beside, Dictionary<string, ReadOnlyMemory<byte>> loaded, List<string> warnings)
    {
        image.Remove("uri");
        ReadOnlyMemory<byte> bytes;
        string? type;
        try
        {
            bytes = Load(uri, beside, loaded, out type);
        }
        catch (MediaException error)
        {
            warnings.Add($"A picture is missing: {error.Message}");
            return;
        }

        if (type is null && !image.ContainsKey("name"))
        {
            image["name"] = Path.GetFileNameWithoutExtension(Unescape(uri));
        }

        if (!image.ContainsKey("mimeType"))
        {
            type ??= ImageFormats.Detect(bytes.Span[..Math.Min(64, bytes.Length)]) switch
            {
                ImageFormat.Png => "image/png",
                ImageFormat.Jpeg => "image/jpeg",
                ImageFormat.WebP => "image/webp",
                _ => null,
            };
            if (type is not null)
            {
                image["mimeType"] = type;
            }
        }

        GltfJson.Grow(json, "buffers").Add(new JsonObject { ["byteLength"] = bytes.Length });
        buffers.Add(bytes);
        JsonArray views = GltfJson.Grow(json, "bufferViews");
        views.Add(new JsonObject { ["buffer"] = buffers.Count - 1, ["byteLength"] = bytes.Length });
        image["bufferView"] = views.Count - 1;
    }

    private static ReadOnlyMemory<byte> Load(string uri, SideFiles beside, Dictionary<string, ReadOnlyMemory<byte>> loaded, out string? type)
    {
        if (uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Decode(uri, out type);
        }

        type = null;
        string name = Unescape(uri);
        // Asked for a thousand times, a file must not be read a thousand times.
        if (!loaded.TryGetValue(name, out ReadOnlyMemory<byte> bytes))
        {
            bytes = beside.Read(name);
            loaded.Add(name, bytes);
        }

        return bytes;
    }

    /// <summary>RFC 2397 with base64, the only encoding that glTF uses.</summary>
    private static byte[] Decode(string uri, out string? type)
    {
        int comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw new MediaException("A data: URI is not in base64.");
        }

        string head = uri["data:".Length..(comma - ";base64".Length)];
        type = head.Split(';')[0];
        type = type.StartsWith("image/", StringComparison.Ordinal) ? type : null;
        ReadOnlySpan<char> text = uri.AsSpan(comma + 1);
        if (!Base64.IsValid(text, out int length))
        {
            throw new MediaException("A data: URI holds something that is no base64.");
        }

        byte[] bytes = new byte[length];
        return Convert.TryFromBase64Chars(text, bytes, out int written) && written == length ? bytes : throw new MediaException("A data: URI holds something that is no base64.");
    }

    private static string Unescape(string uri) => Uri.UnescapeDataString(uri);
}
