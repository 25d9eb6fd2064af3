namespace Codecs.Cli.Output;

/// <summary>A latent that was written.</summary>
/// <param name="Shape">Dimensions, channels last.</param>
/// <param name="Rounded">True for the symbols of a coded file, false for an analysis.</param>
internal sealed record LatentReport(IReadOnlyList<long> Shape, bool Rounded);
