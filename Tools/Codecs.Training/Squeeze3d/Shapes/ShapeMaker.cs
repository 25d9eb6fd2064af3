using System.Numerics;

namespace Codecs.Training.Squeeze3d.Shapes;

/// <summary>Random solids: trees of primitives with unions, blends and cuts, things with limbs, things that are turned, frames and furniture.</summary>
internal sealed class ShapeMaker(Random random)
{
    /// <summary>Draws a solid; most of it lies within a unit or two of the origin.</summary>
    internal Solid Draw()
    {
        Solid solid = random.Next(6) switch
        {
            0 => Creature(),
            1 => Turned(),
            2 => Furniture(),
            _ => Tree(random.Next(1, 9)),
        };
        if (Chance(0.15))
        {
            solid = solid.Twisted(Around(1.2f));
        }

        if (Chance(0.15))
        {
            solid = solid.Bent(Around(0.6f));
        }

        if (Chance(0.2))
        {
            solid = solid.Tapered(Around(0.5f));
        }

        if (Chance(0.25))
        {
            solid = solid.Wavy(Between(0.005f, 0.05f), Vector(3, 12), Vector(0, 6));
        }

        // Most things stand upright.
        return Chance(0.5) ? solid : solid.Placed(Vector3.Zero, Turn());
    }

    private Solid Tree(int parts)
    {
        Solid solid = Placed(Primitive(), 0.3f);
        for (int i = 1; i < parts; i++)
        {
            Solid part = Placed(Primitive(Between(0.3f, 0.9f)), 0.9f);
            part = random.Next(5) switch
            {
                0 => part.Mirrored(),
                1 => part.Repeated(random.Next(3, 9)),
                _ => part,
            };
            solid = random.Next(4) switch
            {
                0 => Modifiers.Minus(solid, part),
                1 => Modifiers.Union(solid, part),
                _ => Modifiers.Blend(solid, part, Between(0.02f, 0.3f)),
            };
        }

        return Chance(0.25) ? solid.Mirrored() : solid;
    }

    // A body, a head, limbs on both sides, perhaps a tail.
    private Solid Creature()
    {
        float blend = Between(0.05f, 0.25f), length = Between(0.4f, 1), thickness = Between(0.2f, 0.45f);
        Solid body = Primitives.Ellipsoid(new Vector3(thickness * Between(0.7f, 1.1f), length, thickness));
        var head = new Vector3(0, length * Between(0.9f, 1.2f), Between(0, 0.6f));
        body = Modifiers.Blend(body, Primitives.Capsule(new Vector3(0, length * 0.6f, 0), head, thickness * 0.5f, thickness * 0.4f), blend);
        body = Modifiers.Blend(body, Primitives.Ellipsoid(Vector(0.15f, 0.4f)).Placed(head, Quaternion.Identity), blend);
        int pairs = random.Next(1, 4);
        for (int i = 0; i < pairs; i++)
        {
            float at = length * (Between(-0.9f, 0.9f) + (i * 0.2f) - 0.2f), thin = Between(0.05f, 0.16f);
            Vector3 shoulder = new(thickness * 0.7f, at, 0), knee = shoulder + new Vector3(Between(0, 0.4f), Around(0.3f), Between(-0.6f, 0.1f));
            Vector3 foot = knee + new Vector3(Around(0.2f), Around(0.25f), Between(-0.7f, -0.1f));
            body = Modifiers.Blend(body, Primitives.Tube([shoulder, knee, foot], [thin * 1.5f, thin, thin * Between(0.6f, 1.3f)]).Mirrored(), blend * 0.6f);
        }

        if (Chance(0.5))
        {
            float thin = Between(0.03f, 0.12f);
            Vector3 root = new(0, -length * 0.9f, 0), middle = root + new Vector3(0, Between(-0.6f, -0.1f), Around(0.4f));
            body = Modifiers.Blend(body, Primitives.Tube([root, middle, middle + new Vector3(Around(0.2f), Around(0.4f), Around(0.4f))], [thin * 1.5f, thin, thin * 0.6f]), blend * 0.5f);
        }

        if (Chance(0.6))
        {
            Solid ear = Primitives.Ellipsoid(Vector(0.05f, 0.25f)).Placed(head + new Vector3(Between(0.1f, 0.3f), 0, Between(0.1f, 0.4f)), Turn());
            body = Modifiers.Blend(body, ear.Mirrored(), 0.06f);
        }

        return body;
    }

    // A vase, perhaps hollow, perhaps with handles or a spout.
    private Solid Turned()
    {
        float[] radii = new float[random.Next(3, 9)];
        for (int i = 0; i < radii.Length; i++)
        {
            radii[i] = Between(0.1f, 0.9f);
        }

        float height = Between(0.3f, 1.2f);
        Solid solid = Primitives.Lathe(radii, height);
        if (Chance(0.4))
        {
            Solid inside = Primitives.Lathe([.. radii.Select(r => Math.Max(0.02f, r - Between(0.06f, 0.12f)))], height);
            solid = Modifiers.Minus(solid, inside.Placed(new Vector3(0, 0, Between(0.1f, 0.2f)), Quaternion.Identity));
        }

        if (Chance(0.5))
        {
            float r = Between(0.2f, 0.5f);
            Solid handle = Primitives.Torus(r, Between(0.04f, 0.1f)).Placed(
                new Vector3(radii[radii.Length / 2] + (r * 0.4f), 0, Around(0.3f)), Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2));
            solid = Modifiers.Blend(solid, Chance(0.5) ? handle : handle.Mirrored(), 0.05f);
        }

        return solid;
    }

    // A slab on legs, perhaps with a back: tables, chairs, shelves.
    private Solid Furniture()
    {
        Vector3 half = Vector(0.4f, 1);
        float thick = Between(0.05f, 0.14f), rounding = Between(0, 0.04f);
        Solid solid = Primitives.Box(half with { Z = thick }, rounding);
        float leg = Between(0.05f, 0.12f), drop = Between(0.3f, 1.2f);
        Solid post = Chance(0.5) ? Primitives.Box(new Vector3(leg, leg, drop), rounding) : Primitives.Cone(leg, leg * Between(0.6f, 1.4f), drop, 0);
        Vector3 corner = new(half.X - leg, half.Y - leg, -drop);
        solid = Modifiers.Union(solid, p => post(new Vector3(Math.Abs(p.X), Math.Abs(p.Y), p.Z) - corner));
        if (Chance(0.5))
        {
            float rise = Between(0.2f, 1);
            solid = Modifiers.Union(solid, Primitives.Box(new Vector3(half.X, thick, rise), rounding).Placed(new Vector3(0, half.Y - thick, rise), Quaternion.Identity));
        }

        if (Chance(0.4))
        {
            Vector3 low = half with { Z = thick };
            solid = Modifiers.Union(solid, Primitives.Box(low, rounding).Placed(new Vector3(0, 0, -drop * Between(0.5f, 1.5f)), Quaternion.Identity));
        }

        return Chance(0.3) ? Modifiers.Union(solid, Placed(Primitive(0.4f), 0.5f)) : solid;
    }

    private Solid Primitive(float size = 1)
    {
        float a = size * Between(0.2f, 1), b = size * Between(0.2f, 1);
        return random.Next(9) switch
        {
            0 => Primitives.Ellipsoid(Vector(0.2f, 1) * size),
            1 => Primitives.Box(Vector(0.1f, 1) * size, size * Between(0, 0.1f)),
            2 => Primitives.Cone(a, Chance(0.5) ? a : a * Between(0.1f, 1), b, size * Between(0, 0.06f)),
            3 => Primitives.Capsule(Vector(-1, 1) * size, Vector(-1, 1) * size, a * 0.4f, b * 0.4f),
            4 => Primitives.Torus(a, a * Between(0.1f, 0.5f)),
            5 => Primitives.Superquadric(Vector(0.2f, 1) * size, Between(1.2f, 8)),
            6 => Primitives.Column(random.Next(3, 9), a, b, 0),
            7 => Primitives.Column(random.Next(5, 16), a, b * 0.4f, Between(0.05f, 0.2f)),
            _ => Chance(0.4) ? Primitives.Ellipsoid(Vector(0.3f, 1) * size).Hollow(0.12f * size) : Primitives.Ellipsoid(Vector(0.2f, 1) * size),
        };
    }

    private Solid Placed(Solid solid, float reach) => solid.Placed(Vector(-reach, reach), Chance(0.5) ? Quaternion.Identity : Turn());

    private Quaternion Turn() => Quaternion.Normalize(new Quaternion(Around(1), Around(1), Around(1), Around(1) + 1e-3f));

    private bool Chance(double probability) => random.NextDouble() < probability;

    private float Between(float low, float high) => low + ((high - low) * random.NextSingle());

    private float Around(float most) => Between(-most, most);

    private Vector3 Vector(float low, float high) => new(Between(low, high), Between(low, high), Between(low, high));
}
