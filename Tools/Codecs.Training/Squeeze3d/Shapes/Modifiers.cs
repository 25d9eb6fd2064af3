using System.Numerics;

namespace Codecs.Training.Squeeze3d.Shapes;

/// <summary>Solids out of solids.</summary>
internal static class Modifiers
{
    internal static Solid Placed(this Solid solid, Vector3 at, Quaternion turn)
    {
        Quaternion back = Quaternion.Conjugate(turn);
        return p => solid(Vector3.Transform(p - at, back));
    }

    internal static Solid Union(Solid one, Solid other) => p => Math.Min(one(p), other(p));

    internal static Solid Minus(Solid one, Solid other) => p => Math.Max(one(p), -other(p));

    /// <summary>A union with a seam as round as the radius says.</summary>
    internal static Solid Blend(Solid one, Solid other, float radius) => p =>
    {
        float a = one(p), b = other(p), h = Math.Max(radius - Math.Abs(a - b), 0) / radius;
        return Math.Min(a, b) - (h * h * radius / 4);
    };

    internal static Solid Mirrored(this Solid solid) => p => solid(p with { X = Math.Abs(p.X) });

    /// <summary>Copies around z.</summary>
    internal static Solid Repeated(this Solid solid, int copies)
    {
        float sector = MathF.Tau / copies;
        return p =>
        {
            float angle = MathF.Atan2(p.Y, p.X), turn = sector * MathF.Round(angle / sector);
            (float sin, float cos) = MathF.SinCos(turn);
            return solid(new Vector3((cos * p.X) + (sin * p.Y), (cos * p.Y) - (sin * p.X), p.Z));
        };
    }

    /// <summary>Turned around z by so many radians a unit.</summary>
    internal static Solid Twisted(this Solid solid, float rate) => p =>
    {
        (float sin, float cos) = MathF.SinCos(rate * p.Z);
        return solid(new Vector3((cos * p.X) + (sin * p.Y), (cos * p.Y) - (sin * p.X), p.Z)) * 0.8f;
    };

    internal static Solid Bent(this Solid solid, float rate) => p =>
    {
        (float sin, float cos) = MathF.SinCos(rate * p.X);
        return solid(new Vector3((cos * p.X) - (sin * p.Z), p.Y, (sin * p.X) + (cos * p.Z))) * 0.8f;
    };

    /// <summary>Thinner towards the top.</summary>
    internal static Solid Tapered(this Solid solid, float rate) => p =>
    {
        float scale = Math.Clamp(1 + (rate * p.Z), 0.4f, 2f);
        return solid(new Vector3(p.X / scale, p.Y / scale, p.Z)) * Math.Min(1, scale);
    };

    /// <summary>Hollow: a wall of this thickness is left.</summary>
    internal static Solid Hollow(this Solid solid, float thickness) => p => Math.Abs(solid(p) + (thickness / 2)) - (thickness / 2);

    /// <summary>Waves on the surface.</summary>
    internal static Solid Wavy(this Solid solid, float amplitude, Vector3 frequency, Vector3 phase) => p =>
    {
        Vector3 q = (p * frequency) + phase;
        return solid(p) + (amplitude * MathF.Sin(q.X) * MathF.Sin(q.Y) * MathF.Sin(q.Z));
    };
}
