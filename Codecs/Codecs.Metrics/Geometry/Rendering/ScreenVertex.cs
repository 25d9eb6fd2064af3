namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>A vertex on the picture.</summary>
/// <param name="X">From the left edge, in 1/256 of a sample.</param>
/// <param name="Y">From the upper edge, in 1/256 of a sample.</param>
/// <param name="Nearness">As in <see cref="SampleBuffer.Nearness"/>; not a number when the vertex cannot be drawn.</param>
internal readonly record struct ScreenVertex(int X, int Y, float Nearness);
