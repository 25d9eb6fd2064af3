using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Codecs.Evaluation;

/// <summary>All measurements of a point on one line of an otherwise indented file: there are a thousand of them in a usual run.</summary>
internal sealed class OneLineConverter<TMeasurement> : JsonConverter<TMeasurement>
    where TMeasurement : class
{
    private static readonly JsonTypeInfo<TMeasurement> s_type = (JsonTypeInfo<TMeasurement>)MeasurementJson.Default.GetTypeInfo(typeof(TMeasurement))!;

    public override TMeasurement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, s_type) ?? throw new JsonException("A measurement is null.");

    public override void Write(Utf8JsonWriter writer, TMeasurement value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value, s_type));
}

/// <summary>Compact JSON of the measurements.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(RoundedConverter)])]
[JsonSerializable(typeof(PictureMeasurement))]
[JsonSerializable(typeof(SoundMeasurement))]
[JsonSerializable(typeof(VideoMeasurement))]
[JsonSerializable(typeof(RateRatio))]
[JsonSerializable(typeof(EqualBytesFile))]
[JsonSerializable(typeof(PacketPoint))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
