namespace Codecs.Formats.Media;

/// <summary>Points without triangles, in world space. Arrays are not copied: the caller must not change them.</summary>
public sealed class PointCloud
{
    /// <summary>Wraps an array.</summary>
    /// <param name="positions">Positions, float32 [N, 3], finite.</param>
    /// <exception cref="ArgumentException">The length does not divide by three.</exception>
    public PointCloud(float[] positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        Positions = positions.Length % 3 == 0 ? positions : throw new ArgumentException($"{positions.Length} coordinates do not divide by three.", nameof(positions));
    }

    /// <summary>Positions, float32 [N, 3].</summary>
    public float[] Positions { get; }

    /// <summary>Number of points, N.</summary>
    public int Count => Positions.Length / 3;

    /// <summary>Linear RGB and alpha, 0 to 1, float32 [N, 4], or null.</summary>
    public float[]? Colors { get; init => field = Checked(value, 4, nameof(Colors)); }

    /// <summary>Unit normals, float32 [N, 3], or null; zero where a part of the cloud has none.</summary>
    public float[]? Normals { get; init => field = Checked(value, 3, nameof(Normals)); }

    private float[]? Checked(float[]? values, int components, string name) => values is null || values.Length == (long)Count * components
        ? values
        : throw new ArgumentException($"{name} has {values.Length} numbers, {Count} points need {(long)Count * components}.", name);
}
