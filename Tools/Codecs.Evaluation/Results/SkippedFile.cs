namespace Codecs.Evaluation;

/// <summary>A file that no curve contains, because it could not be read or one of the codecs could not hold it.</summary>
/// <param name="Name">File name without its folder.</param>
/// <param name="Reason">A sentence for the user.</param>
public sealed record SkippedFile(string Name, string Reason);
