using Codecs.EntropyCoding;

namespace Codecs.Models.Exact;

/// <summary>One side of a binary-coded payload, so that writer and reader run the same code and cannot disagree.</summary>
internal interface IBitPort
{
    /// <summary>Codes a bit with a context.</summary>
    /// <param name="context">Learns the bit.</param>
    /// <param name="bit">The bit to write; ignored by a reader.</param>
    /// <returns>The bit written or read.</returns>
    int Bit(ref BinaryContext context, int bit);

    /// <summary>Codes a bit with a mixture of contexts and other predictions.</summary>
    /// <param name="mixer">The mixture; learns the bit.</param>
    /// <param name="contexts">A pool of contexts.</param>
    /// <param name="selected">The contexts to mix, as indices into the pool; they learn the bit.</param>
    /// <param name="logits">The other predictions, 256 ln(p / (1 - p)) for a probability p of 0.</param>
    /// <param name="bit">The bit to write; ignored by a reader.</param>
    /// <returns>The bit written or read.</returns>
    int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit);

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
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit)
    {
        encoder.PushBit(mixer, contexts, selected, logits, bit);
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
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit) =>
        decoder.Bit(mixer, contexts, selected, logits);

    /// <inheritdoc/>
    public int Raw(int value, int bits) => (int)decoder.Raw(bits);
}

/// <summary>Writes nowhere and counts the bits.</summary>
internal readonly struct BitCost(BitCounter counter) : IBitPort
{
    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit)
    {
        counter.PushBit(ref context, bit);
        return bit;
    }

    /// <inheritdoc/>
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit)
    {
        counter.PushBit(mixer, contexts, selected, logits, bit);
        return bit;
    }

    /// <inheritdoc/>
    public int Raw(int value, int bits)
    {
        counter.PushRaw(bits);
        return value;
    }
}
