using System.Numerics;

namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Where a picture is taken from, and how space is laid onto it.</summary>
public sealed class Camera
{
    private readonly float _scale;

    private Camera(Vector3 position, Vector3 back, Vector3 up, bool isPerspective, float scale)
    {
        (Position, Back, IsPerspective, _scale) = (position, back, isPerspective, scale);
        Vector3 right = Vector3.Cross(up, back);
        if (right.LengthSquared() < 1e-6f * up.LengthSquared())
        {
            // Looking along "up": any direction will do, but always the same.
            right = Vector3.Cross(MathF.Abs(back.Z) < 0.9f ? Vector3.UnitZ : Vector3.UnitX, back);
        }

        Right = Vector3.Normalize(right);
        Up = Vector3.Cross(back, Right);
    }

    /// <summary>The camera's place; for an orthographic one the place that the middle of the picture shows.</summary>
    public Vector3 Position { get; }

    /// <summary>Unit vector to the right of the picture.</summary>
    public Vector3 Right { get; }

    /// <summary>Unit vector to the top of the picture.</summary>
    public Vector3 Up { get; }

    /// <summary>Unit vector from what is seen to the camera.</summary>
    public Vector3 Back { get; }

    /// <summary>Whether far things look smaller.</summary>
    public bool IsPerspective { get; }

    /// <summary>A camera at a place.</summary>
    /// <param name="position">The place.</param>
    /// <param name="target">What is in the middle of the picture; another place.</param>
    /// <param name="fieldOfView">Angle between lower and upper edge of the picture in radians, above 0 and below pi.</param>
    /// <param name="up">What is up; +y when left out.</param>
    /// <exception cref="ArgumentException">The places are the same or not finite.</exception>
    public static Camera Perspective(Vector3 position, Vector3 target, float fieldOfView, Vector3? up = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fieldOfView);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fieldOfView, MathF.PI);
        return new(position, Direction(position - target), up ?? Vector3.UnitY, isPerspective: true, MathF.Tan(fieldOfView / 2));
    }

    /// <summary>A camera infinitely far away.</summary>
    /// <param name="target">What is in the middle of the picture.</param>
    /// <param name="direction">From there to the camera, of any length above 0.</param>
    /// <param name="halfHeight">Half of the picture's height in scene units, above 0.</param>
    /// <param name="up">What is up; +y when left out.</param>
    /// <exception cref="ArgumentException">There is no direction.</exception>
    public static Camera Orthographic(Vector3 target, Vector3 direction, float halfHeight, Vector3? up = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfHeight);
        return new(target, Direction(direction), up ?? Vector3.UnitY, isPerspective: false, halfHeight);
    }

    /// <summary>Lays a point onto the picture.</summary>
    /// <param name="point">The point in scene units.</param>
    /// <returns>
    /// X to the right and Y to the top, ±1 at half of the picture's height from its middle; Z the depth in scene units, growing away from the camera, which must be above 0 in perspective.
    /// </returns>
    public Vector3 Project(Vector3 point)
    {
        Vector3 from = point - Position;
        float depth = -Vector3.Dot(from, Back);
        float scale = IsPerspective ? depth * _scale : _scale;
        return new Vector3(Vector3.Dot(from, Right) / scale, Vector3.Dot(from, Up) / scale, depth);
    }

    /// <summary>Unit vector from a point to the camera.</summary>
    public Vector3 From(Vector3 point) => IsPerspective ? Vector3.Normalize(Position - point) : Back;

    private static Vector3 Direction(Vector3 vector)
    {
        float length = vector.Length();
        return length > 0 && float.IsFinite(length) ? vector / length : throw new ArgumentException($"A direction is needed, found {vector}.", nameof(vector));
    }
}
