using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Bits into a payload; every value comes back as it was given.</summary>
internal readonly struct WritingPort(RangeEncoder encoder) : IBitPort
{
    /// <inheritdoc/>
    public bool IsReading => false;

    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit)
    {
        encoder.PushBit(ref context, bit);
        return bit;
    }

    /// <inheritdoc/>
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, int bit)
    {
        encoder.PushBit(mixer, contexts, selected, bit);
        return bit;
    }

    /// <inheritdoc/>
    public uint Raw(uint value, int bits)
    {
        encoder.PushRaw(value, bits);
        return value;
    }
}
