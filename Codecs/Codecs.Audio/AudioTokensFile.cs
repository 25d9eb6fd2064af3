using Codecs.Formats.Weights;

namespace Codecs.Audio;

/// <summary>Codebook indices as files: NumPy's <c>.npy</c> for tensors, JSON for all that is known of them.</summary>
/// <remarks>docs/tokens.md describes both. An array knows no rate, length and level: it is read as whole frames at 24 kHz with a peak of one half.</remarks>
public static class AudioTokensFile
{
    private const int SampleRate = 24_000, Rank = 2;
    private const double Peak = 0.5;

    private static ReadOnlySpan<byte> NpyStart => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Tells from its first bytes whether a file may be one of the two: the head of a <c>.npy</c>, or the brace that begins an object.</summary>
    public static bool Detect(ReadOnlySpan<byte> start) => start.StartsWith(NpyStart) || TokenJson.Detect(start);

    /// <summary>Reads either form.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidBitstreamException">It is damaged, or holds something else than indices of speech.</exception>
    /// <exception cref="UnsupportedBitstreamException">An array of a type or order that is not read.</exception>
    public static AudioTokens Read(ReadOnlySpan<byte> file) => file.StartsWith(NpyStart) ? FromNpy(file) : FromJson(file);

    /// <summary>The indices as int16 [frames, codebooks].</summary>
    public static byte[] ToNpy(AudioTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return NpyFile.ToArray<short>([tokens.Frames, tokens.Codebooks], tokens.Values);
    }

    /// <summary>Reads an array of whole numbers (16, 32 or 64 bits) [frames, codebooks].</summary>
    /// <inheritdoc cref="Read"/>
    public static AudioTokens FromNpy(ReadOnlySpan<byte> file)
    {
        NpyFile array = NpyFile.Read(file);
        if (array.Shape.Count != Rank || array.Shape[1] is < AudioTokens.FewestCodebooks or > AudioTokens.MostCodebooks)
        {
            throw new InvalidBitstreamException(
                $"The array has the shape [{string.Join(", ", array.Shape)}]; tokens are [frames, {AudioTokens.FewestCodebooks} to {AudioTokens.MostCodebooks} codebooks]");
        }

        return Require(new AudioTokens(SampleRate, AudioTokens.SamplesOf(array.Shape[0], SampleRate), Peak, (int)array.Shape[1], array.ToInt16s()));
    }

    /// <summary>The indices and what is known of their sound as UTF-8 JSON, a frame a line.</summary>
    public static byte[] ToJson(AudioTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return TokenJson.Write(tokens);
    }

    /// <summary>Reads what <see cref="ToJson"/> writes: all keys but <c>model</c> and <c>fingerprint</c> must be there, others are errors.</summary>
    /// <inheritdoc cref="Read"/>
    public static AudioTokens FromJson(ReadOnlySpan<byte> file) => Require(TokenJsonReader.Read(TokenJson.WithoutMark(file)));

    private static AudioTokens Require(AudioTokens tokens) =>
        tokens.FindFault() is { } fault ? throw new InvalidBitstreamException($"The tokens make no sound: {fault}") : tokens;
}
