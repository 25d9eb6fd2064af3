namespace Codecs.Cli.Output;

/// <summary>All files of a run together; bytes are those of the files that were done.</summary>
internal sealed record SummaryReport(int Files, int Done, int Skipped, int Failed, long InputBytes, long OutputBytes, double Seconds);
