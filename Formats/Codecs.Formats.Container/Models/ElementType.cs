namespace Codecs.Formats.Container;

/// <summary>The type of a tensor's elements; the numbers are part of the format and of every fingerprint, the order never changes.</summary>
public enum ElementType : byte
{
    /// <summary>IEEE 754 binary32.</summary>
    F32 = 0,

    /// <summary>IEEE 754 binary16.</summary>
    F16 = 1,

    /// <summary>bfloat16: the upper half of binary32.</summary>
    BF16 = 2,

    /// <summary>IEEE 754 binary64.</summary>
    F64 = 3,

    /// <summary>Signed 8-bit integer.</summary>
    I8 = 4,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8 = 5,

    /// <summary>Signed 16-bit integer.</summary>
    I16 = 6,

    /// <summary>Signed 32-bit integer.</summary>
    I32 = 7,

    /// <summary>Signed 64-bit integer.</summary>
    I64 = 8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,
}
