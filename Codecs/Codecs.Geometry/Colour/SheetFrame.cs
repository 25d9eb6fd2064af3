using System.Numerics;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>The cube that the six views show: the field's, grown or not so that the decoded surface fits.</summary>
internal static class SheetFrame
{
    private const float MarginSteps = 256;

    /// <summary>Side of the cube in scene units.</summary>
    /// <param name="frame">The field.</param>
    /// <param name="margin">How far the cube reaches beyond <see cref="FieldFrame.HalfExtent"/>, in 256ths of it.</param>
    internal static float SideOf(FieldFrame frame, byte margin) => 2 * frame.HalfExtent * (1 + (margin / MarginSteps));

    /// <summary>The smallest margin that holds a surface, and half of its box around the frame's centre in scene units.</summary>
    internal static (byte Margin, Vector3 Half) Around(TriangleTree surface, FieldFrame frame)
    {
        Vector3 half = Vector3.Max(Vector3.Abs(surface.High - frame.Center), Vector3.Abs(surface.Low - frame.Center));
        float longest = Math.Max(half.X, Math.Max(half.Y, half.Z));
        float margin = MathF.Ceiling(((longest / frame.HalfExtent) - 1) * MarginSteps);
        return ((byte)Math.Clamp(margin, 0, byte.MaxValue), half);
    }
}
