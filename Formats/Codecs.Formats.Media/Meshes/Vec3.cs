namespace Codecs.Formats.Media;

/// <summary>A point or direction in double precision.</summary>
internal readonly record struct Vec3(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    public static Vec3 At(ReadOnlySpan<float> values, int vertex) => new(values[vertex * 3], values[(vertex * 3) + 1], values[(vertex * 3) + 2]);

    public double Dot(Vec3 o) => (X * o.X) + (Y * o.Y) + (Z * o.Z);

    public Vec3 Cross(Vec3 o) => new((Y * o.Z) - (Z * o.Y), (Z * o.X) - (X * o.Z), (X * o.Y) - (Y * o.X));

    /// <summary>The same direction with length 1; zero stays zero.</summary>
    public Vec3 Unit()
    {
        double length = Length;
        return length > 0 && double.IsFinite(length) ? this * (1 / length) : default;
    }

    public void Store(Span<float> values, int vertex)
    {
        values[vertex * 3] = (float)X;
        values[(vertex * 3) + 1] = (float)Y;
        values[(vertex * 3) + 2] = (float)Z;
    }

    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec3 operator -(Vec3 a, Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vec3 operator *(Vec3 a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);
}
