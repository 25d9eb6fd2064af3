using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Evaluation;

/// <summary>All measurements of a point on one line of an otherwise indented file: there are a thousand of them in a usual run.</summary>
internal sealed class OneLineConverter : JsonConverter<PictureMeasurement>
{
    public override PictureMeasurement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Fields fields = JsonSerializer.Deserialize(ref reader, MeasurementJson.Default.Fields) ?? throw new JsonException("A measurement is null.");
        return new PictureMeasurement(fields.Bytes, fields.PsnrDb, fields.MsSsim, fields.EncodeSeconds, fields.DecodeSeconds);
    }

    public override void Write(Utf8JsonWriter writer, PictureMeasurement value, JsonSerializerOptions options) => writer.WriteRawValue(
        JsonSerializer.SerializeToUtf8Bytes(
            new Fields(value.Bytes, value.PsnrDb, value.MsSsim, value.EncodeSeconds, value.DecodeSeconds), MeasurementJson.Default.Fields));

    /// <summary>The keys.</summary>
    internal sealed record Fields(long Bytes, double? PsnrDb, double MsSsim, double EncodeSeconds, double DecodeSeconds);
}

/// <summary>Compact JSON of the measurements.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, Converters = [typeof(RoundedConverter)])]
[JsonSerializable(typeof(OneLineConverter.Fields))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
