using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Evaluation;

/// <summary>Eight decimals: more than any measure here is good for, and files that stay the same when written again.</summary>
internal sealed class RoundedConverter : JsonConverter<double>
{
    private const int Decimals = 8;

    /// <summary>A value as it is stored, so that a cached measurement is the same as a fresh one.</summary>
    public static double Round(double value) => Math.Round(value, Decimals);

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Round(value));
}
