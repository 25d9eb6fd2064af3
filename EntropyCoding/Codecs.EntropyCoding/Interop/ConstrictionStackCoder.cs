using System.Buffers;

namespace Codecs.EntropyCoding.Interop;

/// <summary>Reads and writes the compressed words of constriction's default stack coder (rANS, 64-bit state, 32-bit words, 24-bit probabilities).</summary>
/// <remarks>
/// <para>The state starts at 0. Encoding takes the symbols from last to first: if state >> 40 >= frequency the low word is pushed and the state
/// shifted by 32; then state = floor(state / frequency) * 2^24 + start + state mod frequency. The payload is the pushed words in order, then the
/// state's low and high word as far as they are not zero: the last word is the top of the stack and never zero. Words are stored little-endian, as
/// a uint32 array lies in memory on usual machines. No symbols give no bytes.</para>
/// <para>The original decodes any words to any number of symbols without complaint (a property that bits-back coding wants); it is the caller's
/// business there to know whether all was well. Here the stack must be empty behind the last symbol, which is no content check: damage can pass.</para>
/// <para>Source: R. Bamler, "Understanding entropy coding with asymmetric numeral systems (ANS): a statistician's perspective", 2022, arXiv 2201.01741; library version 0.5.</para>
/// </remarks>
public static class ConstrictionStackCoder
{
    private const int WordBits = 32;
    private const int WordBytes = 4;
    private const int EmitShift = 64 - ConstrictionModel.Precision;
    private const ulong LowerBound = 1UL << WordBits;

    /// <summary>Encodes symbols so that they decode in this order (the original's <c>encode_reverse</c>).</summary>
    /// <param name="symbols">Values, each in its model's range.</param>
    /// <param name="models">One model for all symbols, or one for each.</param>
    /// <param name="destination">Where the words go.</param>
    /// <returns>Bytes written, a multiple of 4.</returns>
    /// <exception cref="ArgumentException">The number of models is wrong, or a symbol is outside its model.</exception>
    public static int Encode(ReadOnlySpan<int> symbols, ReadOnlySpan<ConstrictionModel> models, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ConstrictionWords.CheckModels(symbols.Length, models);
        var words = ConstrictionWords.Create();
        try
        {
            ulong state = 0;
            for (int i = symbols.Length - 1; i >= 0; i--)
            {
                ConstrictionModel model = models[models.Length == 1 ? 0 : i];
                if (!model.TryFind(symbols[i], out uint start, out uint frequency))
                {
                    ConstrictionWords.Reject(i, symbols[i], model);
                }

                if (state >> EmitShift >= frequency)
                {
                    words.Add((uint)state);
                    state >>= WordBits;
                }

                (ulong quotient, ulong remainder) = Math.DivRem(state, frequency);
                state = (quotient << ConstrictionModel.Precision) + start + remainder;
            }

            for (; state != 0; state >>= WordBits)
            {
                words.Add((uint)state);
            }

            return words.Write(destination);
        }
        finally
        {
            words.Dispose();
        }
    }

    /// <summary>Decodes symbols.</summary>
    /// <param name="payload">All words and nothing else.</param>
    /// <param name="models">One model for all symbols, or one for each.</param>
    /// <param name="symbols">Receives the symbols. Their number is the caller's: the words do not tell it.</param>
    /// <returns><see cref="CodingStatus.Ok"/> only if the stack is empty behind the last symbol; <see cref="CodingStatus.InvalidHead"/> if the payload is no
    /// whole number of words or its last word is zero; <see cref="CodingStatus.TrailingData"/> if words are left;
    /// <see cref="CodingStatus.CheckFailed"/> if the state is not 0.</returns>
    /// <exception cref="ArgumentException">The number of models is wrong.</exception>
    public static CodingStatus Decode(ReadOnlySpan<byte> payload, ReadOnlySpan<ConstrictionModel> models, Span<int> symbols)
    {
        ConstrictionWords.CheckModels(symbols.Length, models);
        symbols.Clear();
        int words = payload.Length / WordBytes;
        if (payload.Length % WordBytes != 0 || (words > 0 && ConstrictionWords.Read(payload, words - 1) == 0))
        {
            return CodingStatus.InvalidHead;
        }

        ulong state = 0;
        while (words > 0 && state < LowerBound)
        {
            state = state << WordBits | ConstrictionWords.Read(payload, --words);
        }

        for (int i = 0; i < symbols.Length; i++)
        {
            ConstrictionModel model = models[models.Length == 1 ? 0 : i];
            uint slot = (uint)state & (ConstrictionModel.Total - 1);
            symbols[i] = model.Find(slot, out uint start, out uint frequency);

            // Below 2^64: the quotient is below 2^40 and the frequency at most 2^24.
            state = (state >> ConstrictionModel.Precision) * frequency + (slot - start);
            if (state < LowerBound && words > 0)
            {
                state = state << WordBits | ConstrictionWords.Read(payload, --words);
            }
        }

        if (words > 0)
        {
            return CodingStatus.TrailingData;
        }

        return state == 0 ? CodingStatus.Ok : CodingStatus.CheckFailed;
    }
}
