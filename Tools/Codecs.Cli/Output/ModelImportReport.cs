using System.Text.Json;

namespace Codecs.Cli.Output;

/// <summary>An imported model.</summary>
internal sealed record ModelImportReport(string Input, string Output, string Architecture, long Parameters, int Tensors, long Bytes, JsonElement Config);
