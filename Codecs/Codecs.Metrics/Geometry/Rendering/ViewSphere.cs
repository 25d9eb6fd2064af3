using System.Numerics;

namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Cameras spread evenly around a shape.</summary>
/// <remarks>Fibonacci sphere: heights at equal steps, each turned by the golden angle from the last one; +y is up.</remarks>
public static class ViewSphere
{
    /// <summary>Views for figures to publish.</summary>
    public const int DefaultViews = 24;

    /// <summary>Distance of a perspective camera in radii of the shape.</summary>
    public const float DefaultDistance = 2.5f;

    /// <summary>Unit vectors from the middle to each camera.</summary>
    /// <param name="count">Views, at least 1.</param>
    public static Vector3[] Directions(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double goldenAngle = Math.PI * (3 - Math.Sqrt(5));
        Vector3[] directions = new Vector3[count];
        for (int i = 0; i < count; i++)
        {
            double y = 1 - (((2 * i) + 1.0) / count);
            double ring = Math.Sqrt(1 - (y * y));
            directions[i] = new Vector3((float)(ring * Math.Cos(i * goldenAngle)), (float)y, (float)(ring * Math.Sin(i * goldenAngle)));
        }

        return directions;
    }

    /// <summary>Perspective cameras whose pictures just hold a sphere.</summary>
    /// <param name="center">Its middle.</param>
    /// <param name="radius">Its radius in scene units, above 0.</param>
    /// <param name="count">Views, at least 1.</param>
    /// <param name="distance">Distance of the cameras in radii, above 1.</param>
    public static Camera[] Perspective(Vector3 center, float radius, int count = DefaultViews, float distance = DefaultDistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radius);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(distance, 1);
        float fieldOfView = 2 * MathF.Asin(1 / distance);
        return Array.ConvertAll(Directions(count), direction => Camera.Perspective(center + (distance * radius * direction), center, fieldOfView));
    }

    /// <summary>Orthographic cameras whose pictures just hold a sphere.</summary>
    /// <param name="center">Its middle.</param>
    /// <param name="radius">Its radius in scene units, above 0.</param>
    /// <param name="count">Views, at least 1.</param>
    public static Camera[] Orthographic(Vector3 center, float radius, int count = DefaultViews) =>
        Array.ConvertAll(Directions(count), direction => Camera.Orthographic(center, direction, radius));
}
