namespace Codecs.Models.LanguageCodec.Faithful;

/// <summary>Speech as Language-Codec transmits it: per frame of 320 samples one index into each codebook.</summary>
/// <param name="Samples">Samples of the signal at 24 kHz.</param>
/// <param name="Codebooks">Indices per frame, 3 or more.</param>
/// <param name="Values">Indices [<see cref="Frames"/>, Codebooks], each below the size of a codebook.</param>
public sealed record FaithfulSpeechCodes(int Samples, int Codebooks, ReadOnlyMemory<short> Values)
{
    /// <summary>Frames of the signal.</summary>
    public int Frames => FaithfulLanguageCodecConfig.Frames(Samples);

    /// <summary>The same speech at a lower rate: what encoding with fewer codebooks would have given.</summary>
    /// <param name="codebooks">How many to keep, 3 to <see cref="Codebooks"/>.</param>
    public FaithfulSpeechCodes Keep(int codebooks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(codebooks, FaithfulLanguageCodecConfig.MinCodebooks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(codebooks, Codebooks);
        ReadOnlySpan<short> values = Values.Span;
        short[] kept = new short[Frames * codebooks];
        for (int frame = 0; frame < Frames; frame++)
        {
            values.Slice(frame * Codebooks, codebooks).CopyTo(kept.AsSpan(frame * codebooks));
        }

        return new FaithfulSpeechCodes(Samples, codebooks, kept);
    }
}
