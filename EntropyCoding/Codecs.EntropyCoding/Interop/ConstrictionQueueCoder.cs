using System.Buffers;

namespace Codecs.EntropyCoding.Interop;

/// <summary>Reads and writes the compressed words of constriction's default queue coder (range coder, 64-bit interval, 32-bit words, 24-bit probabilities).</summary>
/// <remarks>
/// <para>lower = 0 and range = 2^64 - 1 at the start. A symbol: unit = range >> 24, lower += unit * start with the carry going into the words written
/// before, range = unit * frequency; if range &lt; 2^32 the top word of lower is written and both are shifted by 32. The end: point = lower + 2^32 - 1,
/// again with the carry; its top word is written, and a zero word behind it if lower + range has the same top word. No symbols give no bytes.
/// Words are stored little-endian. (The original holds words back until no carry can reach them; the words are the same.)</para>
/// <para>The original's decoder reads zeros behind the end and does not compare it with anything; it fails only on a code value that no encoder
/// produces. Here the words must be exactly those of the encoder. That is no content check: damage can still pass.</para>
/// <para>Source: constriction 0.5, module <c>stream.queue</c>, after Martin 1979 and Pasco 1976.</para>
/// </remarks>
public static class ConstrictionQueueCoder
{
    private const int WordBits = 32;
    private const int WordBytes = 4;
    private const ulong LowerBound = 1UL << WordBits;

    /// <summary>Encodes symbols.</summary>
    /// <param name="symbols">Values, each in its model's range.</param>
    /// <param name="models">One model for all symbols, or one for each.</param>
    /// <param name="destination">Where the words go.</param>
    /// <returns>Bytes written, a multiple of 4.</returns>
    /// <exception cref="ArgumentException">The number of models is wrong, or a symbol is outside its model.</exception>
    public static int Encode(ReadOnlySpan<int> symbols, ReadOnlySpan<ConstrictionModel> models, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ConstrictionWords.CheckModels(symbols.Length, models);
        if (symbols.IsEmpty)
        {
            return 0;
        }

        var words = ConstrictionWords.Create();
        try
        {
            ulong lower = 0;
            ulong range = ulong.MaxValue;
            for (int i = 0; i < symbols.Length; i++)
            {
                ConstrictionModel model = models[models.Length == 1 ? 0 : i];
                if (!model.TryFind(symbols[i], out uint start, out uint frequency))
                {
                    ConstrictionWords.Reject(i, symbols[i], model);
                }

                ulong unit = range >> ConstrictionModel.Precision;
                lower = Add(lower, unit * start, ref words);
                range = unit * frequency;
                if (range < LowerBound)
                {
                    words.Add((uint)(lower >> WordBits));
                    lower <<= WordBits;
                    range <<= WordBits;
                }
            }

            ulong point = Add(lower, LowerBound - 1, ref words);
            words.Add((uint)(point >> WordBits));
            if (NeedsZeroWord(lower, range))
            {
                words.Add(0);
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
    /// <param name="symbols">Receives the symbols, 0 from the first fault on. Their number is the caller's: the words do not tell it.</param>
    /// <returns><see cref="CodingStatus.Ok"/> only if these are the encoder's words; <see cref="CodingStatus.InvalidHead"/> for a length that is no
    /// multiple of 4; <see cref="CodingStatus.Truncated"/> or <see cref="CodingStatus.TrailingData"/> for too few or too many words;
    /// <see cref="CodingStatus.CheckFailed"/> for a code value that no encoder produces, and for another end than the encoder's.</returns>
    /// <exception cref="ArgumentException">The number of models is wrong.</exception>
    public static CodingStatus Decode(ReadOnlySpan<byte> payload, ReadOnlySpan<ConstrictionModel> models, Span<int> symbols)
    {
        ConstrictionWords.CheckModels(symbols.Length, models);
        symbols.Clear();
        int words = payload.Length / WordBytes;
        if (payload.Length % WordBytes != 0)
        {
            return CodingStatus.InvalidHead;
        }

        if (symbols.IsEmpty || words == 0)
        {
            return words > 0 ? CodingStatus.TrailingData : symbols.IsEmpty ? CodingStatus.Ok : CodingStatus.Truncated;
        }

        ulong lower = 0;
        ulong range = ulong.MaxValue;
        int position = 0;
        ulong point = Next(payload, ref position, Next(payload, ref position, 0));
        for (int i = 0; i < symbols.Length; i++)
        {
            ConstrictionModel model = models[models.Length == 1 ? 0 : i];
            ulong unit = range >> ConstrictionModel.Precision;
            ulong slot = (point - lower) / unit;
            if (slot >= ConstrictionModel.Total)
            {
                return CodingStatus.CheckFailed;
            }

            symbols[i] = model.Find((uint)slot, out uint start, out uint frequency);
            lower += unit * start;
            range = unit * frequency;
            if (range < LowerBound)
            {
                lower <<= WordBits;
                range <<= WordBits;
                point = Next(payload, ref position, point);
            }
        }

        // Two words are read at the start and one with each that the encoder wrote; the end has one or two.
        int expected = position - (NeedsZeroWord(lower, range) ? 0 : 1);
        if (words != expected)
        {
            return words < expected ? CodingStatus.Truncated : CodingStatus.TrailingData;
        }

        ulong end = (lower + (LowerBound - 1)) >> WordBits << WordBits;
        return point == end ? CodingStatus.Ok : CodingStatus.CheckFailed;
    }

    private static bool NeedsZeroWord(ulong lower, ulong range) => (lower + (LowerBound - 1)) >> WordBits == (lower + range) >> WordBits;

    private static ulong Add(ulong lower, ulong step, ref ConstrictionWords words)
    {
        ulong sum = lower + step;
        if (sum < lower)
        {
            words.Increment();
        }

        return sum;
    }

    private static ulong Next(ReadOnlySpan<byte> payload, ref int position, ulong point)
    {
        int at = position++;
        return point << WordBits | (at < payload.Length / WordBytes ? ConstrictionWords.Read(payload, at) : 0u);
    }
}
