using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>The same colour everywhere.</summary>
/// <param name="color">Red, green, blue as shown (sRGB-coded), 0..1.</param>
public sealed class ConstantColor(Vector3 color) : ISurfaceColor
{
    /// <inheritdoc/>
    public Vector3 At(int triangle, Vector3 barycentric) => color;
}
