using System.Buffers;
using System.Text;

namespace Codecs.Geometry.Scenes;

/// <summary>Writes the frequent words of minified glTF as single bytes that JSON in UTF-8 never has, so that short documents compress as if they were long.</summary>
internal static class GltfWords
{
    // Never in minified JSON: control characters, and bytes that UTF-8 does not use. One code a word, in this order.
    private static readonly byte[] s_codes = [.. Enumerable.Range(0, 32).Select(i => (byte)i), 0xC0, 0xC1, .. Enumerable.Range(0xF5, 11).Select(i => (byte)i)];

    // Part of the format. Words that begin with another word stand before it.
    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "{\"asset\":{\"generator\":\"", "{\"asset\":{\"version\":\"2.0\",\"generator\":\"", "\",\"version\":\"2.0\"}", "{\"attributes\":{\"POSITION\":", "\"POSITION\":", ",\"NORMAL\":", ",\"TEXCOORD_",
            "0\":", ",\"TANGENT\":", ",\"COLOR_", ",\"JOINTS_", ",\"WEIGHTS_", "},\"indices\":", ",\"indices\":", ",\"material\":", ",\"mode\":4}", "\"primitives\":[", "{\"byteLength\":", "\"byteLength\":",
            "\"byteOffset\":", "{\"bufferView\":", "\"buffer\":0", ",\"componentType\":5126,\"count\":", ",\"type\":\"SCALAR\"", ",\"type\":\"VEC", "\"min\":[", "\"max\":[", "\"name\":\"", "\"mimeType\":\"image/",
            "\"pbrMetallicRoughness\":{", "\"baseColorTexture\":{\"index\":", "\"baseColorFactor\":[", "\"metallicFactor\":0", "\"roughnessFactor\":", "\"doubleSided\":true", "{\"sampler\":",
            "\"target\":{\"node\":", ",\"path\":\"", "\"translation\":[", "\"rotation\":[", "\"children\":[", "\"mesh\":", "\"accessors\":[", "\"bufferViews\":[", "{},{},",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly SearchValues<byte> s_codeSet = SearchValues.Create(s_codes);

    /// <summary>Replaces words by codes.</summary>
    /// <param name="json">Minified JSON.</param>
    /// <returns>The bytes, or null if the document has a byte that is a code.</returns>
    public static byte[]? Shorten(ReadOnlySpan<byte> json)
    {
        if (json.ContainsAny(s_codeSet))
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(json.Length + 1);
        while (!json.IsEmpty)
        {
            int word = Match(json);
            output.Write([word < 0 ? json[0] : s_codes[word]]);
            json = json[(word < 0 ? 1 : s_words[word].Length)..];
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Replaces codes by words.</summary>
    /// <exception cref="LimitExceededException">The document is longer than the limit.</exception>
    public static byte[] Expand(ReadOnlySpan<byte> bytes, int limit)
    {
        byte[]?[] wordOf = new byte[]?[256];
        for (int i = 0; i < s_words.Length; i++)
        {
            wordOf[s_codes[i]] = s_words[i];
        }

        long length = 0;
        foreach (byte value in bytes)
        {
            length += wordOf[value]?.Length ?? 1;
        }

        if (length > limit)
        {
            throw new LimitExceededException($"A scene's document has {length} bytes; the limits in force allow {limit}. Raise them if you trust the file.");
        }

        byte[] json = new byte[length];
        int at = 0;
        foreach (byte value in bytes)
        {
            if (wordOf[value] is { } word)
            {
                word.CopyTo(json, at);
                at += word.Length;
            }
            else
            {
                json[at++] = value;
            }
        }

        return json;
    }

    private static int Match(ReadOnlySpan<byte> json)
    {
        for (int i = 0; i < s_words.Length; i++)
        {
            if (json[0] == s_words[i][0] && json.StartsWith(s_words[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
