using System.Globalization;
using System.Text.Json;

namespace Codecs.Models.Faithful;

/// <summary>Fields of a published configuration by name; values are long, bool, long[] or null, anything else has a kind but no value.</summary>
internal sealed class ConfigurationFields(IReadOnlyDictionary<string, object?> fields)
{
    /// <summary>Reads a JSON object; fields that nobody asks for are passed over.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <exception cref="InvalidBitstreamException">No JSON object.</exception>
    internal static ConfigurationFields Parse(ReadOnlyMemory<byte> json)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidBitstreamException($"The configuration is of kind {document.RootElement.ValueKind}, expected a JSON object");
            }

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                fields[property.Name] = property.Value.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number when property.Value.TryGetInt64(out long number) => number,
                    JsonValueKind.Null => null,
                    JsonValueKind.Array => ReadArray(property.Value),
                    _ => property.Value.ValueKind,
                };
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidBitstreamException($"The configuration is not valid JSON: {error.Message}", inner: error);
        }

        return new ConfigurationFields(fields);
    }

    /// <summary>True when a field is there and not null.</summary>
    internal bool Has(string name) => fields.GetValueOrDefault(name) is not null;

    /// <exception cref="InvalidBitstreamException">No such field, or no integer of 32 bits.</exception>
    internal int Number(string name) => fields.GetValueOrDefault(name) is long and >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw new InvalidBitstreamException($"The configuration has no integer '{name}'");

    /// <exception cref="InvalidBitstreamException">No such field, or no list of integers of 32 bits.</exception>
    internal int[] Numbers(string name) => fields.GetValueOrDefault(name) is long[] values && Array.TrueForAll(values, static v => v is >= int.MinValue and <= int.MaxValue)
        ? Array.ConvertAll(values, static v => (int)v)
        : throw new InvalidBitstreamException($"The configuration has no list of integers '{name}'");

    /// <exception cref="InvalidBitstreamException">No such field, or neither true nor false.</exception>
    internal bool Flag(string name) => fields.GetValueOrDefault(name) is bool value
        ? value
        : throw new InvalidBitstreamException($"The configuration has no '{name}' that is true or false");

    /// <exception cref="UnsupportedBitstreamException">The condition does not hold.</exception>
    internal static void Require(bool holds, string field, int value, string expected)
    {
        if (!holds)
        {
            throw new UnsupportedBitstreamException(string.Create(CultureInfo.InvariantCulture, $"The configuration has {field} = {value}, expected {expected}."));
        }
    }

    private static object ReadArray(JsonElement array)
    {
        long[] values = new long[array.GetArrayLength()];
        int count = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out values[count++]))
            {
                return JsonValueKind.Array;
            }
        }

        return values;
    }
}
