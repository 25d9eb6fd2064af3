using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The arithmetic of R64: rANS with a 64-bit state, renormalised by 32-bit words. Scalar, and normative.</summary>
/// <remarks>
/// <para>Asymmetric numeral systems: J. Duda, "Asymmetric numeral systems: entropy coding combining speed of Huffman coding with compression
/// rate of arithmetic coding", 2013, arXiv 1311.2540, range variant. Symbol with start c and frequency f out of 2^n, 1 &lt;= n &lt;= 16:</para>
/// <code>
/// encode (last symbol first):  if x >= f * 2^(63 - n) { emit low 32 bits of x; x >>= 32 }    x = floor(x / f) * 2^n + x mod f + c
/// decode (first symbol first): slot = x mod 2^n;  x = f * floor(x / 2^n) + slot - c;    if x &lt; 2^31 and words remain { x = x * 2^32 + word }
/// </code>
/// <para>b raw bits (1..16) of value v are a symbol with n = b, f = 1, c = v.</para>
/// <para>Why it works (tests: Rans64ProofTests):</para>
/// <para>1. No overflow. Before the encode step x &lt; f * 2^(63 - n), so floor(x / f) &lt;= 2^(63 - n) - 1, and (x mod f) + c &lt;= 2^n - 1: the new x is
/// below 2^63. Decoding x &lt; 2^63 gives at most f * (2^(63 - n) - 1) + f - 1 &lt; 2^63.</para>
/// <para>2. One word is enough. After the shift x &lt; 2^31 &lt;= f * 2^(63 - n), since n &lt;= 32. Decoding x >= 2^31 leaves x >= f * 2^(31 - n) >= 1,
/// so one word lifts it to at least 2^32.</para>
/// <para>3. Both sides move words at the same places. (a) The encoder emitted before a step: the shifted x is below 2^31 and the decoder, which
/// recovers exactly that x, reads a word. The emission needed x >= f * 2^(63 - n), so the shifted x is at least f * 2^(31 - n) and the step makes
/// it at least 2^31. (b) It did not emit and x >= 2^31: the decoder recovers x >= 2^31 and reads nothing. (c) x &lt; 2^31 without an emission
/// happens only before the first emission (a seed below 2^31, or its descendants), so in the decoder only after the last word: "and words remain" covers it.</para>
/// <para>4. Encoding never decreases x (f &lt;= 2^n), so with a seed of at least 2^31, or after any emission, the final state is at least 2^31.
/// Turned round: once no words are left, a decoder whose state falls below the smallest seed of its mode has run dry.</para>
/// <para>5. Hostile input is memory-safe. The slot is masked to n bits, the tables cover all 2^n slots, a head of 2^63 or more is refused, each symbol
/// reads at most one word, and how many symbols are read is the caller's decision, never the payload's.</para>
/// </remarks>
internal static class Rans64
{
    /// <summary>Lower bound of the normalised state.</summary>
    public const ulong LowerBound = 1UL << 31;

    /// <summary>Exclusive upper bound of every state.</summary>
    public const ulong UpperBound = 1UL << 63;

    /// <summary>Bits moved by one renormalisation.</summary>
    public const int WordBits = 32;

    /// <summary>Bytes moved by one renormalisation.</summary>
    public const int WordBytes = 4;

    /// <summary>Most raw bits in one step.</summary>
    public const int MaxRawBits = 16;

    /// <summary>Largest magnitude of a symbol: symbols are hashed as int16, symmetric so that negation is always safe.</summary>
    public const int MaxMagnitude = short.MaxValue;

    /// <summary>Exclusive limit of the state before a step: at or above it a word must leave first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EmitThreshold(uint frequency, int precision) => (ulong)frequency << (63 - precision);

    /// <summary>The encode step proper; the state must be below <see cref="EmitThreshold"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EncodeStep(ulong state, uint start, uint frequency, int precision)
    {
        (ulong quotient, ulong remainder) = Math.DivRem(state, frequency);
        return (quotient << precision) + remainder + start;
    }

    /// <summary>Takes raw bits off the state, without renormalisation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint DecodeRawStep(ref ulong state, int bits)
    {
        uint value = (uint)state & ((1u << bits) - 1);
        state >>= bits;
        return value;
    }

    /// <summary>Renormalises a decoder's state; call it when the state is below <see cref="LowerBound"/>.</summary>
    /// <param name="state">The state.</param>
    /// <param name="payload">The payload; a multiple of four bytes remains from <paramref name="position"/>.</param>
    /// <param name="position">Byte offset of the next word.</param>
    /// <param name="floor">Smallest state the encoder can have started from.</param>
    /// <returns>False if the payload has run dry.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRefill(ref ulong state, ReadOnlySpan<byte> payload, ref int position, ulong floor)
    {
        if (position < payload.Length)
        {
            state = state << WordBits | BinaryPrimitives.ReadUInt32LittleEndian(payload[position..]);
            position += WordBytes;
            return true;
        }

        return state >= floor;
    }
}
