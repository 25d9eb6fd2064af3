namespace Codecs.Formats.Container;

/// <summary>How the payloads of a unit are coded; the numbers are part of the format.</summary>
public enum CoderId : byte
{
    /// <summary>The bytes as they are.</summary>
    Raw = 0,

    /// <summary>rANS with a 64-bit state.</summary>
    R64 = 1,

    /// <summary>rANS with interleaved 32-bit states.</summary>
    R32xN = 2,

    /// <summary>Range coder with 32-bit range and byte output.</summary>
    RC32 = 3,

    /// <summary>Adaptive binary coder.</summary>
    Bac = 4,

    /// <summary>Fixed-width codes, packed.</summary>
    Packed = 5,

    /// <summary>Brotli over filtered bytes (lossless planes, such as alpha).</summary>
    Brotli = 6,

    /// <summary>Never written: a Tiny file leaves the choice to the model's manifest.</summary>
    ModelDefined = 255,
}
