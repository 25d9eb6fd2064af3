namespace Codecs.Cli.Output;

/// <summary>A training run.</summary>
internal sealed record TrainReport(string Recipe, IReadOnlyList<string> Data, string Work, double Minutes, double Seconds, bool Interrupted);
