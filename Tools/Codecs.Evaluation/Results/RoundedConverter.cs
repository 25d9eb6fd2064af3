using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Evaluation;

/// <summary>Eight decimals: more than any measure here is good for, and files that stay the same when written again.</summary>
internal sealed class RoundedConverter : JsonConverter<double>
{
    /// <summary>Decimals of everything that is stored.</summary>
    public const int Decimals = 8;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value, Decimals));
}
