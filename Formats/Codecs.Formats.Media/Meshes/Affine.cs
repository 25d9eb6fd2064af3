namespace Codecs.Formats.Media;

/// <summary>A linear map of space and a shift, in double precision: x' = X x + Y y + Z z + T.</summary>
/// <remarks>Doubles, because a chain of nodes must not cost the last bits of the float positions it moves.</remarks>
internal readonly record struct Affine(Vec3 X, Vec3 Y, Vec3 Z, Vec3 T)
{
    public static Affine Identity { get; } = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    /// <summary>Of the linear part; negative when it mirrors.</summary>
    public double Determinant => X.Dot(Y.Cross(Z));

    /// <summary>First the other map, then this one.</summary>
    public Affine After(in Affine first) => new(Linear(first.X), Linear(first.Y), Linear(first.Z), Point(first.T));

    public Vec3 Point(Vec3 p) => Linear(p) + T;

    public Vec3 Linear(Vec3 p) => (X * p.X) + (Y * p.Y) + (Z * p.Z);

    /// <summary>Normals go with the inverse transpose; its cofactors need no division and keep the side when the map mirrors.</summary>
    public Vec3 Normal(Vec3 n)
    {
        Vec3 turned = (Y.Cross(Z) * n.X) + (Z.Cross(X) * n.Y) + (X.Cross(Y) * n.Z);
        return (Determinant < 0 ? turned * -1 : turned).Unit();
    }

    public static Affine operator *(in Affine map, double factor) => new(map.X * factor, map.Y * factor, map.Z * factor, map.T * factor);

    public static Affine operator +(in Affine a, in Affine b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.T + b.T);
}
