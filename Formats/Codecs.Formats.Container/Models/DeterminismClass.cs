namespace Codecs.Formats.Container;

/// <summary>On which machines the entropy path of a model gives the same bits; the numbers are part of the format.</summary>
public enum DeterminismClass : byte
{
    /// <summary>Integer arithmetic only: any machine.</summary>
    IntegerExact = 0,

    /// <summary>Integers carried in floating point: any machine that passes the model's self-test.</summary>
    ExactInFloats = 1,

    /// <summary>Floating point: the same library build and kind of device only.</summary>
    FloatingPoint = 2,
}
