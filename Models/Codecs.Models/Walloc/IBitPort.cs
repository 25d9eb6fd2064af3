using Codecs.EntropyCoding;

namespace Codecs.Models.Walloc;

/// <summary>One side of a binary-coded payload, so that writer and reader run the same code and cannot disagree.</summary>
internal interface IBitPort
{
    /// <summary>Codes a bit with a context.</summary>
    /// <param name="context">Learns the bit.</param>
    /// <param name="bit">The bit to write; ignored by a reader.</param>
    /// <returns>The bit written or read.</returns>
    int Bit(ref BinaryContext context, int bit);

    /// <summary>Codes bits that are evenly distributed.</summary>
    /// <param name="value">Below 2^bits; ignored by a reader.</param>
    /// <param name="bits">1..16.</param>
    int Raw(int value, int bits);
}

/// <summary>Writes.</summary>
internal readonly struct BitWriter(RangeEncoder encoder) : IBitPort
{
    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit)
    {
        encoder.PushBit(ref context, bit);
        return bit;
    }

    /// <inheritdoc/>
    public int Raw(int value, int bits)
    {
        encoder.PushRaw((uint)value, bits);
        return value;
    }
}

/// <summary>Reads.</summary>
internal readonly struct BitReader(RangeDecoder decoder) : IBitPort
{
    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit) => decoder.Bit(ref context);

    /// <inheritdoc/>
    public int Raw(int value, int bits) => (int)decoder.Raw(bits);
}
