namespace Codecs.Geometry.Triangles;

/// <summary>Quantised values at the corners of triangles: a table of values and, for each corner, which of them it has. So seams are explicit.</summary>
public sealed class AttributeLayer
{
    /// <summary>Most components of a value.</summary>
    public const int MaxComponents = 16;

    /// <summary>Most bits of a component.</summary>
    public const int MaxBits = 20;

    /// <summary>Takes a layer over; the arrays are not copied.</summary>
    /// <param name="kind">What the values mean.</param>
    /// <param name="components">Components of a value, 1..16; 2 for normals, 3 for tangents.</param>
    /// <param name="bits">Every component lies in 0..2^bits - 1; 1..20.</param>
    /// <param name="values">The components of each value.</param>
    /// <param name="corners">Index of the value of each corner, three a triangle.</param>
    /// <param name="frame">What the values mean, if that is to be stored.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AttributeLayer(AttributeKind kind, int components, int bits, int[] values, int[] corners, AttributeFrame? frame = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(corners);
        CheckShape(kind, components, bits);
        if (values.Length % components != 0)
        {
            throw new ArgumentException($"{values.Length} numbers; expected {components} for each value.", nameof(values));
        }

        if (frame is not null && (frame.Offsets.Count != components || !float.IsFinite(frame.Step) || frame.Offsets.Any(o => !float.IsFinite(o))))
        {
            throw new ArgumentException($"The frame needs {components} finite offsets and a finite step.", nameof(frame));
        }

        foreach (int value in values)
        {
            if ((uint)value >> bits != 0)
            {
                throw new ArgumentException($"A value is {value}; {bits} bits end at {(1 << bits) - 1}.", nameof(values));
            }
        }

        foreach (int corner in corners)
        {
            if ((uint)corner >= (uint)(values.Length / components))
            {
                throw new ArgumentException($"A corner has value {corner} of {values.Length / components}.", nameof(corners));
            }
        }

        (Kind, Components, Bits, Values, Corners, Frame) = (kind, components, bits, values, corners, frame);
    }

    /// <summary>What the values mean.</summary>
    public AttributeKind Kind { get; }

    /// <summary>Components of a value.</summary>
    public int Components { get; }

    /// <summary>Bits of a component.</summary>
    public int Bits { get; }

    /// <summary>The components of each value, each 0..2^<see cref="Bits"/> - 1.</summary>
    public int[] Values { get; }

    /// <summary>Index of the value of each corner.</summary>
    public int[] Corners { get; }

    /// <summary>What the values mean, or null if the kind says it.</summary>
    public AttributeFrame? Frame { get; }

    /// <summary>The components of a corner's value.</summary>
    public ReadOnlySpan<int> At(int corner) => Values.AsSpan(Corners[corner] * Components, Components);

    private static void CheckShape(AttributeKind kind, int components, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(components, MaxComponents);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        if (!IsPossible(kind, components))
        {
            throw new ArgumentException($"A layer of kind {kind} cannot have {components} components.", nameof(kind));
        }
    }

    /// <summary>True if a layer of this kind may have so many components.</summary>
    internal static bool IsPossible(AttributeKind kind, int components) => kind switch
    {
        AttributeKind.Normal => components == 2,
        AttributeKind.Tangent => components == 3,
        >= AttributeKind.Generic and <= AttributeKind.Weights => true,
        _ => false,
    };
}
