namespace Codecs.Evaluation;

/// <summary>A video that was measured.</summary>
/// <param name="Name">File name without its folder.</param>
/// <param name="Width">Columns after scaling.</param>
/// <param name="Height">Rows after scaling.</param>
/// <param name="Frames">Frames that were measured.</param>
/// <param name="FramesPerSecond">Their rate.</param>
/// <param name="Sha256">Hash of format and samples, lower-case hexadecimal: two runs with equal hashes measured the same frames.</param>
public sealed record EvaluatedClip(string Name, int Width, int Height, int Frames, double FramesPerSecond, string Sha256) : IEvaluatedMedium;
