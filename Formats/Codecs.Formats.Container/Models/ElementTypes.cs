namespace Codecs.Formats.Container;

/// <summary>Facts about <see cref="ElementType"/>s.</summary>
public static class ElementTypes
{
    /// <summary>Bytes per element: 1, 2, 4 or 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a defined type.</exception>
    public static int SizeOf(this ElementType type) => type switch
    {
        ElementType.I8 or ElementType.U8 or ElementType.Bool => 1,
        ElementType.F16 or ElementType.BF16 or ElementType.I16 => 2,
        ElementType.F32 or ElementType.I32 => 4,
        ElementType.F64 or ElementType.I64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a defined element type."),
    };

    /// <summary>True for the four floating-point types.</summary>
    public static bool IsFloat(this ElementType type) => type <= ElementType.F64;
}
