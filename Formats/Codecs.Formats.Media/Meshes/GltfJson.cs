using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Codecs.Formats.Media;

/// <summary>Checked access to glTF's JSON: whatever is missing or of another kind than expected is our own error, with the place in the document.</summary>
internal static class GltfJson
{
    private const int MaxDepth = 128;

    /// <summary>Parses a document whose every string and number can be read later without surprises.</summary>
    /// <exception cref="MediaException">The bytes are no JSON object.</exception>
    /// <exception cref="LimitExceededException">The document is too large.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> utf8, SceneLimits limits)
    {
        SceneLimits.Check(utf8.Length, limits.MaxJsonBytes, "bytes of JSON", nameof(limits.MaxJsonBytes));
        if (utf8 is [0xEF, 0xBB, 0xBF, ..])
        {
            utf8 = utf8[3..];
        }

        if (!Utf8.IsValid(utf8))
        {
            throw new MediaException("The JSON is not UTF-8.");
        }

        try
        {
            CheckEscapes(utf8);
            // Doubled names would fail only when the object is first looked at.
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            return JsonNode.Parse(utf8, documentOptions: options) as JsonObject ?? throw new MediaException("The JSON is no object; glTF begins with '{'.");
        }
        catch (JsonException error)
        {
            throw new MediaException($"The JSON is damaged: {error.Message}", error);
        }
    }

    /// <summary>The document as UTF-8 without white space.</summary>
    public static byte[] ToBytes(JsonObject json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth + 8 }))
        {
            json.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>An array of objects, or null when there is none.</summary>
    public static JsonArray? Array(JsonObject parent, string key) => parent[key] switch
    {
        null => null,
        JsonArray array => array,
        JsonNode other => throw Wrong(other, "an array"),
    };

    /// <summary>How many elements an array has; none when there is no array.</summary>
    public static int Count(JsonObject parent, string key) => Array(parent, key)?.Count ?? 0;

    /// <summary>An object, or null when there is none.</summary>
    public static JsonObject? Object(JsonObject parent, string key) => parent[key] switch
    {
        null => null,
        JsonObject value => value,
        JsonNode other => throw Wrong(other, "an object"),
    };

    /// <summary>One object of an array of objects.</summary>
    public static JsonObject Item(JsonArray array, int index) => array[index] switch
    {
        JsonObject value => value,
        null => throw new MediaException($"{array.GetPath()}[{index}] is null, not an object."),
        JsonNode other => throw Wrong(other, "an object"),
    };

    /// <summary>One object of one of the document's arrays.</summary>
    public static JsonObject Item(JsonObject root, string key, int index)
    {
        JsonArray? array = Array(root, key);
        int count = array?.Count ?? 0;
        return (uint)index < (uint)count
            ? Item(array!, index)
            : throw new MediaException($"{key}[{index}] is asked for, the file has {count} {key}.");
    }

    /// <summary>An index into one of the document's arrays, or null when there is none.</summary>
    public static int? Index(JsonObject parent, string key, int count, string what) =>
        parent[key] is { } node ? CheckIndex(node, count, what) : null;

    /// <summary>Checks that a node is an index into an array of a length.</summary>
    public static int CheckIndex(JsonNode? node, int count, string what)
    {
        long value = node is null ? -1 : ToInteger(node);
        return value >= 0 && value < count
            ? (int)value
            : throw new MediaException($"{node?.GetPath() ?? "A null"} is {value}, the file has {count} {what}.");
    }

    /// <summary>A whole number in a range.</summary>
    public static long Integer(JsonObject parent, string key, long least, long most, long? missing = null)
    {
        if (parent[key] is not { } node)
        {
            return missing ?? throw new MediaException($"{parent.GetPath()} has no '{key}'.");
        }

        long value = ToInteger(node);
        return value >= least && value <= most
            ? value
            : throw new MediaException($"{node.GetPath()} is {value}; expected {least} to {most}.");
    }

    /// <summary>A finite number.</summary>
    public static double Number(JsonObject parent, string key, double missing) => parent[key] is { } node ? ToNumber(node) : missing;

    /// <summary>True or false.</summary>
    public static bool Flag(JsonObject parent, string key) => parent[key] switch
    {
        null => false,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValueKind() == JsonValueKind.True,
        JsonNode other => throw Wrong(other, "true or false"),
    };

    /// <summary>Finite numbers, or null when there are none.</summary>
    public static double[]? Numbers(JsonObject parent, string key, int length)
    {
        if (Array(parent, key) is not { } array)
        {
            return null;
        }

        if (array.Count != length)
        {
            throw new MediaException($"{array.GetPath()} has {array.Count} numbers; expected {length}.");
        }

        double[] values = new double[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = array[i] is { } node ? ToNumber(node) : throw new MediaException($"{array.GetPath()}[{i}] is null, not a number.");
        }

        return values;
    }

    /// <summary>A text, or null when there is none.</summary>
    public static string? Text(JsonObject parent, string key) => parent[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonNode other => throw Wrong(other, "a text"),
    };

    /// <summary>The array of that name, made when it is missing.</summary>
    public static JsonArray Grow(JsonObject parent, string key)
    {
        if (Array(parent, key) is { } array)
        {
            return array;
        }

        var made = new JsonArray();
        parent[key] = made;
        return made;
    }

    private static long ToInteger(JsonNode node)
    {
        double value = ToNumber(node);
        return Math.Abs(value) <= 1L << 53 && Math.Floor(value) == value
            ? (long)value
            : throw new MediaException($"{node.GetPath()} is {value.ToString(CultureInfo.InvariantCulture)}; expected a whole number.");
    }

    private static double ToNumber(JsonNode node)
    {
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            throw Wrong(node, "a number");
        }

        // Numbers that a program put in may be of any type; those of a file are not.
        if (!value.TryGetValue(out double number) && !double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            throw Wrong(node, "a number");
        }

        return double.IsFinite(number) ? number : throw new MediaException($"{node.GetPath()} is too large for a number.");
    }

    /// <summary>Lone surrogates are JSON, but no string of ours: reading them later would fail.</summary>
    private static void CheckEscapes(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
            {
                continue;
            }

            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException error)
            {
                throw new MediaException($"The JSON has a string that is no text at byte {reader.TokenStartIndex}.", error);
            }
        }
    }

    private static MediaException Wrong(JsonNode node, string expected) =>
        new($"{node.GetPath()} is {node.GetValueKind().ToString().ToLowerInvariant()}; expected {expected}.");
}
