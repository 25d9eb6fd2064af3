using System.Numerics;

namespace Codecs.Training.Squeeze3d.Shapes;

/// <summary>Solids around the origin (I. Quilez's collection of distance functions has most of them).</summary>
internal static class Primitives
{
    internal static Solid Ellipsoid(Vector3 radii) => p =>
    {
        float k0 = (p / radii).Length(), k1 = (p / (radii * radii)).Length();
        return k1 < 1e-6f ? -Math.Min(radii.X, Math.Min(radii.Y, radii.Z)) : k0 * (k0 - 1) / k1;
    };

    internal static Solid Box(Vector3 half, float rounding) => p =>
    {
        Vector3 q = Vector3.Abs(p) - half + new Vector3(rounding);
        return Vector3.Max(q, Vector3.Zero).Length() + Math.Min(Math.Max(q.X, Math.Max(q.Y, q.Z)), 0) - rounding;
    };

    /// <summary>Along z; the radius changes from the lower to the upper end.</summary>
    internal static Solid Cone(float lower, float upper, float halfHeight, float rounding) => p =>
    {
        float slant = (upper - lower) / (2 * halfHeight);
        float radius = lower + (slant * (p.Z + halfHeight));
        float side = (new Vector2(p.X, p.Y).Length() - radius) / MathF.Sqrt(1 + (slant * slant));
        Vector2 q = new(side + rounding, Math.Abs(p.Z) - halfHeight + rounding);
        return Vector2.Max(q, Vector2.Zero).Length() + Math.Min(Math.Max(q.X, q.Y), 0) - rounding;
    };

    internal static Solid Capsule(Vector3 from, Vector3 to, float radiusFrom, float radiusTo) => p =>
    {
        Vector3 along = to - from;
        float t = Math.Clamp(Vector3.Dot(p - from, along) / Math.Max(1e-9f, along.LengthSquared()), 0, 1);
        return Vector3.Distance(p, from + (along * t)) - (radiusFrom + (t * (radiusTo - radiusFrom)));
    };

    internal static Solid Torus(float major, float minor) => p =>
        new Vector2(new Vector2(p.X, p.Y).Length() - major, p.Z).Length() - minor;

    /// <summary>|x|^e + |y|^e + |z|^e = 1 for radii of 1; 2 is a ball, more is a box.</summary>
    internal static Solid Superquadric(Vector3 radii, float exponent) => p =>
    {
        Vector3 q = Vector3.Abs(p / radii);
        float norm = MathF.Pow(MathF.Pow(q.X, exponent) + MathF.Pow(q.Y, exponent) + MathF.Pow(q.Z, exponent), 1 / exponent);
        return (norm - 1) * Math.Min(radii.X, Math.Min(radii.Y, radii.Z));
    };

    /// <summary>A column with so many sides along z; teeth of a gear when the radius swings.</summary>
    internal static Solid Column(int sides, float radius, float halfHeight, float teeth) => p =>
    {
        float angle = MathF.Atan2(p.Y, p.X), length = new Vector2(p.X, p.Y).Length();
        float side;
        if (teeth > 0)
        {
            side = (length - (radius * (1 + (teeth * Math.Clamp(3 * MathF.Cos(angle * sides), -1, 1))))) * 0.8f;
        }
        else
        {
            float sector = MathF.Tau / sides, turned = angle - (sector * MathF.Round(angle / sector));
            side = (length * MathF.Cos(turned)) - radius;
        }

        Vector2 q = new(side, Math.Abs(p.Z) - halfHeight);
        return Vector2.Max(q, Vector2.Zero).Length() + Math.Min(Math.Max(q.X, q.Y), 0);
    };

    /// <summary>A solid of revolution around z; the radius is interpolated between values at even heights.</summary>
    internal static Solid Lathe(float[] radii, float halfHeight) => p =>
    {
        float at = Math.Clamp((p.Z + halfHeight) / (2 * halfHeight), 0, 1) * (radii.Length - 1);
        int low = Math.Min((int)at, radii.Length - 2);
        float part = at - low, smooth = part * part * (3 - (2 * part)), rise = radii[low + 1] - radii[low];
        float slope = rise * (radii.Length - 1) / (2 * halfHeight);
        float side = (new Vector2(p.X, p.Y).Length() - (radii[low] + (smooth * rise))) / MathF.Sqrt(1 + (slope * slope));
        Vector2 q = new(side, Math.Abs(p.Z) - halfHeight);
        return Vector2.Max(q, Vector2.Zero).Length() + Math.Min(Math.Max(q.X, q.Y), 0);
    };

    /// <summary>A tube of changing thickness through points.</summary>
    internal static Solid Tube(Vector3[] points, float[] radii)
    {
        Solid[] pieces = [.. Enumerable.Range(0, points.Length - 1).Select(i => Capsule(points[i], points[i + 1], radii[i], radii[i + 1]))];
        return p =>
        {
            float least = float.PositiveInfinity;
            foreach (Solid piece in pieces)
            {
                least = Math.Min(least, piece(p));
            }

            return least;
        };
    }
}
