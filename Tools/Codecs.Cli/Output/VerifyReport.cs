namespace Codecs.Cli.Output;

/// <summary>What was checked and found right.</summary>
internal sealed record VerifyReport(bool Structure, bool Content, bool Digest);
