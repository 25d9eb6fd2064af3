namespace Codecs.Evaluation;

/// <summary>A picture that was measured.</summary>
/// <param name="Name">File name without its folder.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Sha256">Hash of size and RGB samples, lower-case hexadecimal: two runs with equal hashes measured the same pictures.</param>
public sealed record EvaluatedPicture(string Name, int Width, int Height, string Sha256) : IEvaluatedMedium;
