using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Bits out of a payload; what is given as value does not matter.</summary>
internal readonly struct ReadingPort(RangeDecoder decoder) : IBitPort
{
    /// <inheritdoc/>
    public bool IsReading => true;

    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit) => decoder.Bit(ref context);

    /// <inheritdoc/>
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, int bit) => decoder.Bit(mixer, contexts, selected);

    /// <inheritdoc/>
    public uint Raw(uint value, int bits) => decoder.Raw(bits);
}
