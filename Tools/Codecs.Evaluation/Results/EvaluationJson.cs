using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Evaluation;

/// <summary>Writes and reads results.json.</summary>
public static class EvaluationJson
{
    // File names in any script stay readable; nothing here ends up in HTML.
    private static readonly ResultJson s_context =
        new(new JsonSerializerOptions(ResultJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The file: UTF-8, camel case, eight decimals, a line end at the end.</summary>
    /// <param name="result">The result.</param>
    public static byte[] ToBytes(EvaluationResult result) => [.. JsonSerializer.SerializeToUtf8Bytes(result, s_context.EvaluationResult), (byte)'\n'];

    /// <summary>Reads a stored result.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are no such file.</exception>
    /// <exception cref="UnsupportedBitstreamException">A newer version wrote it.</exception>
    public static EvaluationResult FromBytes(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            // The version first: a newer file may lack keys that this one asks for.
            Preamble preamble = JsonSerializer.Deserialize(json, s_context.Preamble);
            if (preamble.Schema != EvaluationResult.SchemaName)
            {
                throw new InvalidBitstreamException($"'{name}' is no result of 'codecs eval': its schema is '{preamble.Schema}', expected '{EvaluationResult.SchemaName}'.");
            }

            if (preamble.SchemaVersion is < 1 or > EvaluationResult.CurrentSchemaVersion)
            {
                throw new UnsupportedBitstreamException(
                    $"'{name}' has schema version {preamble.SchemaVersion}; this program reads up to {EvaluationResult.CurrentSchemaVersion}.");
            }

            return JsonSerializer.Deserialize(json, s_context.EvaluationResult)!;
        }
        catch (JsonException error)
        {
            throw new InvalidBitstreamException($"'{name}' is no result of 'codecs eval': {error.Message}", inner: error);
        }
    }

    /// <summary>What every version of the file has.</summary>
    internal readonly record struct Preamble(string? Schema, int SchemaVersion);
}

/// <summary>Indented JSON of a result.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(RoundedConverter)])]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(EvaluationJson.Preamble))]
internal sealed partial class ResultJson : JsonSerializerContext;
