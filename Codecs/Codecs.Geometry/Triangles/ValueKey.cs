namespace Codecs.Geometry.Triangles;

/// <summary>A value in a table, compared by its components.</summary>
internal readonly struct ValueKey(int[] table, int start, int length) : IEquatable<ValueKey>
{
    private ReadOnlySpan<int> Components => table.AsSpan(start, length);

    /// <inheritdoc/>
    public bool Equals(ValueKey other) => Components.SequenceEqual(other.Components);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint hash = 2166136261;
        foreach (int component in Components)
        {
            hash = (hash ^ (uint)component) * 16777619;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}
