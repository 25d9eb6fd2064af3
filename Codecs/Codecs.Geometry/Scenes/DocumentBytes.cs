using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Scenes;

/// <summary>A document as bytes: minified, frequent words shortened, Brotli.</summary>
internal static class DocumentBytes
{
    private const int Plain = 0;
    private const int Shortened = 1;

    /// <summary>Packs a document.</summary>
    public static byte[] Pack(JsonObject document)
    {
        byte[] json = GltfJson.ToBytes(document);
        byte[]? words = GltfWords.Shorten(json);
        return [(byte)(words is null ? Plain : Shortened), .. PackedBytes.Pack(words ?? json)];
    }

    /// <summary>Unpacks a document.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">The document is longer than the limits.</exception>
    /// <exception cref="MediaException">It is no JSON object.</exception>
    public static JsonObject Unpack(ReadOnlyMemory<byte> section, SceneLimits limits)
    {
        var cursor = new PayloadCursor(section, "The document of a scene");
        int method = cursor.Byte();
        ReadOnlyMemory<byte> bytes = PackedBytes.Unpack(cursor, limits.MaxJsonBytes, "A scene's document");
        return method switch
        {
            Plain => GltfJson.Parse(bytes.Span, limits),
            Shortened => GltfJson.Parse(GltfWords.Expand(bytes.Span, limits.MaxJsonBytes), limits),
            _ => throw cursor.Fault($"method {method}"),
        };
    }
}
