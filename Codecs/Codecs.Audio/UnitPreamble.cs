using Codecs.EntropyCoding;

namespace Codecs.Audio;

/// <summary>What a unit's first payload begins with: frames - 1 (16 raw bits), whether it is the last unit (1 raw bit), then in the last the samples of the
/// whole sound (two raw words of 32 bits, low one first).</summary>
internal static class UnitPreamble
{
    private const int FrameBits = 16, WordBits = 32;

    internal static void Write(RangeEncoder encoder, int frames, long? total)
    {
        encoder.PushRaw((uint)frames - 1, FrameBits);
        encoder.PushRaw(total is null ? 0u : 1u, 1);
        if (total is { } samples)
        {
            encoder.PushRaw((uint)samples, WordBits);
            encoder.PushRaw((uint)(samples >> WordBits), WordBits);
        }
    }

    /// <param name="decoder">The first payload.</param>
    /// <param name="mostFrames">Frames of a full unit.</param>
    /// <param name="offset">Where the unit is, for messages.</param>
    /// <returns>The samples may still be nonsense, below 0 too: the payload's check tells, then <see cref="CheckTotal"/>.</returns>
    /// <exception cref="InvalidBitstreamException">More frames than a unit has.</exception>
    internal static (int Frames, long? Total) Read(RangeDecoder decoder, int mostFrames, long offset)
    {
        int frames = (int)decoder.Raw(FrameBits) + 1;
        if (frames > mostFrames)
        {
            throw new InvalidBitstreamException($"The unit claims {frames} frames; at most {mostFrames} are possible", offset);
        }

        return (frames, decoder.Raw(1) == 0 ? null : decoder.Raw(WordBits) | ((long)decoder.Raw(WordBits) << WordBits));
    }

    /// <exception cref="InvalidBitstreamException">The number of samples is below 0.</exception>
    internal static void CheckTotal(long? total, long offset)
    {
        if (total < 0)
        {
            throw new InvalidBitstreamException("The last unit claims more samples than any sound has", offset);
        }
    }
}
