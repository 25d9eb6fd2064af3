namespace Codecs.Formats.Media;

/// <summary>The types of numbers in glTF's accessors, by their codes (glTF 2.0, 3.6.2.2).</summary>
public enum AccessorComponent
{
    /// <summary>Signed, 8 bits.</summary>
    Int8 = 5120,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 5121,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 5122,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 5123,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 5125,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32 = 5126,
}
