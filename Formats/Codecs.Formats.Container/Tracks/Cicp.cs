namespace Codecs.Formats.Container;

/// <summary>Coding-independent code points: what the sample values mean.</summary>
/// <remarks>ITU-T H.273 (ISO/IEC 23091-2), sections 8.1 to 8.3. An ICC profile in the file wins over these.</remarks>
/// <param name="Primaries">Colour primaries: 1 BT.709, 9 BT.2020, 12 Display P3, 2 unspecified.</param>
/// <param name="Transfer">Transfer characteristics: 13 sRGB, 16 PQ, 18 HLG, 2 unspecified.</param>
/// <param name="Matrix">Matrix coefficients: 0 for RGB.</param>
/// <param name="FullRange">True when black is 0 and white the largest value.</param>
public readonly record struct Cicp(byte Primaries, byte Transfer, byte Matrix, bool FullRange)
{
    /// <summary>sRGB, full range: the colours of every Tiny file.</summary>
    public static Cicp Srgb => new(1, 13, 0, true);

    /// <summary>Display P3, full range.</summary>
    public static Cicp DisplayP3 => new(12, 13, 0, true);
}
