using System.Text.Json;

namespace Codecs.Cli.Output;

/// <summary>The installed models.</summary>
internal sealed record ModelsReport(string Zoo, IReadOnlyList<ModelReport> Installed);

/// <summary>One installed model; fingerprints only when one model was asked for. The card is as its file says.</summary>
internal sealed record ModelReport(
    string Name, string Path, long Bytes, string? EntropyFingerprint, string? SynthesisFingerprint, JsonElement? Card);
