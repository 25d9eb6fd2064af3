using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Codecs.Evaluation;

/// <summary>Writes and reads results.json.</summary>
public static class EvaluationJson
{
    // File names in any script stay readable; nothing here ends up in HTML.
    private static readonly ResultJson s_context =
        new(new JsonSerializerOptions(ResultJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The file: UTF-8, camel case, eight decimals, a line end at the end.</summary>
    /// <param name="result">The result.</param>
    public static byte[] ToBytes(EvaluationResult result) => Write(result, s_context.EvaluationResult);

    /// <inheritdoc cref="ToBytes(EvaluationResult)"/>
    public static byte[] ToBytes(AudioEvaluationResult result) => Write(result, s_context.AudioEvaluationResult);

    /// <inheritdoc cref="ToBytes(EvaluationResult)"/>
    public static byte[] ToBytes(VideoEvaluationResult result) => Write(result, s_context.VideoEvaluationResult);

    /// <inheritdoc cref="ToBytes(EvaluationResult)"/>
    public static byte[] ToBytes(PacketEvaluationResult result) => Write(result, s_context.PacketEvaluationResult);

    /// <summary>Reads a stored result on pictures.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are no such file.</exception>
    /// <exception cref="UnsupportedBitstreamException">A newer version wrote it.</exception>
    public static EvaluationResult FromBytes(ReadOnlySpan<byte> json, string name) =>
        Read(json, name, s_context.EvaluationResult, EvaluationResult.SchemaName, EvaluationResult.CurrentSchemaVersion);

    /// <summary>Reads a stored result on sounds.</summary>
    /// <inheritdoc cref="FromBytes"/>
    public static AudioEvaluationResult AudioFromBytes(ReadOnlySpan<byte> json, string name) =>
        Read(json, name, s_context.AudioEvaluationResult, AudioEvaluationResult.SchemaName, AudioEvaluationResult.CurrentSchemaVersion);

    /// <summary>Reads a stored result on videos.</summary>
    /// <inheritdoc cref="FromBytes"/>
    public static VideoEvaluationResult VideoFromBytes(ReadOnlySpan<byte> json, string name) =>
        Read(json, name, s_context.VideoEvaluationResult, VideoEvaluationResult.SchemaName, VideoEvaluationResult.CurrentSchemaVersion);

    private static byte[] Write<T>(T result, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(result, type), (byte)'\n'];

    private static T Read<T>(ReadOnlySpan<byte> json, string name, JsonTypeInfo<T> type, string schema, int version)
    {
        try
        {
            // The version first: a newer file may lack keys that this one asks for.
            Preamble preamble = JsonSerializer.Deserialize(json, s_context.Preamble);
            if (preamble.Schema != schema)
            {
                throw new InvalidBitstreamException($"'{name}' is no such result of 'codecs eval': its schema is '{preamble.Schema}', expected '{schema}'.");
            }

            if (preamble.SchemaVersion < 1 || preamble.SchemaVersion > version)
            {
                throw new UnsupportedBitstreamException($"'{name}' has schema version {preamble.SchemaVersion}; this program reads up to {version}.");
            }

            return JsonSerializer.Deserialize(json, type)!;
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
    Converters = [typeof(RoundedConverter), typeof(OneLineConverter<PictureMeasurement>), typeof(OneLineConverter<SoundMeasurement>), typeof(OneLineConverter<VideoMeasurement>), typeof(OneLineConverter<RateRatio>), typeof(OneLineConverter<EqualBytesFile>), typeof(OneLineConverter<PacketPoint>)])]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(AudioEvaluationResult))]
[JsonSerializable(typeof(VideoEvaluationResult))]
[JsonSerializable(typeof(PacketEvaluationResult))]
[JsonSerializable(typeof(EvaluationJson.Preamble))]
internal sealed partial class ResultJson : JsonSerializerContext;
