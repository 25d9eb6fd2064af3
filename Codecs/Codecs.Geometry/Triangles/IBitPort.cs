using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Where bits go or come from: one description of a syntax serves both directions, so that they cannot drift apart.</summary>
internal interface IBitPort
{
    /// <summary>True if values come from the payload and those given are ignored.</summary>
    bool IsReading { get; }

    /// <summary>Codes a bit with one adaptive probability.</summary>
    int Bit(ref BinaryContext context, int bit);

    /// <summary>Codes a bit with a mixture.</summary>
    int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, int bit);

    /// <summary>Codes bits that cost exactly their number, 1..32 of them.</summary>
    uint Raw(uint value, int bits);
}
