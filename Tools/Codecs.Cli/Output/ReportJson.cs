using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Cli.Output;

/// <summary>Reports as JSON: camel case, indented, UTF-8, a line end at the end.</summary>
[JsonSerializable(typeof(RunReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    // File names in any script stay readable; nothing here ends up in HTML.
    private static readonly ReportJson s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static byte[] ToBytes(RunReport report) => [.. JsonSerializer.SerializeToUtf8Bytes(report, s_context.RunReport), (byte)'\n'];
}
