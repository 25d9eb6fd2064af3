using System.Text.Json;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>Reads the JSON header token by token; anything the format does not have is refused.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The key under which free strings stand beside the tensors.</summary>
    public const string MetadataKey = "__metadata__";

    // Object, tensor object, array.
    private const int MaxDepth = 3;

    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    /// <summary>The free strings.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The tensors in header order.</summary>
    public List<SafetensorsEntry> Entries { get; } = [];

    /// <summary>Parses a header.</summary>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        SafetensorsHeader header = new();
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            header.ReadRoot(ref reader);
        }
        catch (JsonException error)
        {
            throw new InvalidBitstreamException($"The header is not valid JSON: {error.Message}", sizeof(ulong) + reader.TokenStartIndex, error);
        }
        catch (InvalidOperationException error)
        {
            // The reader's answer to strings that are not valid UTF-8 or hold half a surrogate pair.
            throw new InvalidBitstreamException("The header holds text that is not valid Unicode", sizeof(ulong) + reader.TokenStartIndex, error);
        }

        return header;
    }

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader) is { } name)
        {
            if (!_names.Add(name))
            {
                throw Fault(reader, $"'{name}' comes twice");
            }

            reader.Read();
            Expect(reader, JsonTokenType.StartObject);
            if (name == MetadataKey)
            {
                ReadMetadata(ref reader);
            }
            else if (name.Length == 0)
            {
                throw Fault(reader, "a tensor has no name");
            }
            else
            {
                Entries.Add(ReadTensor(ref reader, name));
            }
        }

        // The end of the input, or the reader's complaint about what follows; blanks are padding.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (ReadKey(ref reader) is { } key)
        {
            reader.Read();
            Expect(reader, JsonTokenType.String);
            if (!_metadata.TryAdd(key, reader.GetString()!))
            {
                throw Fault(reader, $"metadata '{key}' comes twice");
            }
        }
    }

    private static SafetensorsEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        ElementType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (ReadKey(ref reader) is { } key)
        {
            reader.Read();
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(reader, JsonTokenType.String);
                    type = ReadType(reader, name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, SafetensorsTensor.MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, 2);
                    break;
                default:
                    throw Fault(reader, $"tensor '{name}' has an unknown or repeated field '{key}'");
            }
        }

        return type is { } known && shape is not null && offsets is { Length: 2 }
            ? new SafetensorsEntry(name, known, shape, offsets[0], offsets[1])
            : throw Fault(reader, $"tensor '{name}' lacks one of dtype, shape and data_offsets [begin, end]");
    }

    private static ElementType ReadType(in Utf8JsonReader reader, string name)
    {
        string text = reader.GetString()!;
        return text switch
        {
            "F32" => ElementType.F32,
            "F16" => ElementType.F16,
            "BF16" => ElementType.BF16,
            "F64" => ElementType.F64,
            "I8" => ElementType.I8,
            "U8" => ElementType.U8,
            "I16" => ElementType.I16,
            "I32" => ElementType.I32,
            "I64" => ElementType.I64,
            "BOOL" => ElementType.Bool,
            _ => throw new UnsupportedBitstreamException($"Tensor '{name}' has the element type '{text}', which this build does not know"),
        };
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, int maximum)
    {
        Expect(reader, JsonTokenType.StartArray);
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader, JsonTokenType.Number);
            if (numbers.Count == maximum || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Fault(reader, $"expected at most {maximum} whole numbers, none below 0 or above 2^63-1");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    // The next key of an object, or null at its end.
    private static string? ReadKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        Expect(reader, JsonTokenType.PropertyName);
        return reader.GetString();
    }

    private static void Expect(in Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw Fault(reader, $"found {reader.TokenType}, expected {type}");
        }
    }

    private static InvalidBitstreamException Fault(in Utf8JsonReader reader, string message) =>
        new($"The header: {message}", sizeof(ulong) + reader.TokenStartIndex);
}
