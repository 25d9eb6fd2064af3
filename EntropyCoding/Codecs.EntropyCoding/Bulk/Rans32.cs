using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The arithmetic of R32xN: rANS with 32-bit states, renormalised by 16-bit words.</summary>
/// <remarks>
/// <para>Symbol with start c and frequency f out of 2^n, 1 &lt;= f &lt; 2^n, 1 &lt;= n &lt;= 14 (see <see cref="Rans64"/> for the source):</para>
/// <code>
/// encode (last symbol first):  if x >= f * 2^(32 - n) { emit low 16 bits of x; x >>= 16 }    x = floor(x / f) * 2^n + x mod f + c
/// decode (first symbol first): slot = x mod 2^n;  x = f * floor(x / 2^n) + slot - c;    if x &lt; 2^16 { x = x * 2^16 + word }
/// </code>
/// <para>Why it works (tests: Rans32ProofTests). States start in 2^16 .. 2^17 - 1 and stay in 2^16 .. 2^32 - 1:</para>
/// <para>1. No overflow. Before the encode step x &lt; f * 2^(32 - n), so floor(x / f) &lt;= 2^(32 - n) - 1 and (x mod f) + c &lt;= 2^n - 1.</para>
/// <para>2. One word is enough. After the shift x &lt; 2^16 &lt;= f * 2^(32 - n). Decoding x >= 2^16 leaves x >= f * 2^(16 - n) >= 1, so one word lifts it to
/// at least 2^16, and a state below 2^16 has room for it.</para>
/// <para>3. Both sides move words at the same places. The encoder emitted: the shifted x is below 2^16 and the decoder, which recovers it, reads. It
/// did not: x >= 2^16, the decoder recovers that and reads nothing. An emission needs x >= f * 2^(32 - n), so the shifted x is at least
/// f * 2^(16 - n) and the step brings it back to 2^16 or more.</para>
/// <para>n stays at 14 or below because a state near 2^16 holds a probability only coarsely; the loss grows as 2^(2n), from about 0.01 % of the payload
/// at 14 bits to 0.2 % at 16 (at 12 bits it is below 0.001 %, but the tables lose ten times more).</para>
/// </remarks>
internal static class Rans32
{
    /// <summary>Lower bound of every state.</summary>
    public const uint LowerBound = 1u << 16;

    /// <summary>Bits moved by one renormalisation.</summary>
    public const int WordBits = 16;

    /// <summary>Bytes moved by one renormalisation.</summary>
    public const int WordBytes = 2;

    /// <summary>Largest precision n.</summary>
    public const int MaxPrecision = 14;

    /// <summary>Fewest lanes.</summary>
    public const int MinLanes = 4;

    /// <summary>Most lanes.</summary>
    public const int MaxLanes = 32;

    /// <summary>Whether a word must leave before the step: x >= f * 2^(32 - n), without the product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MustEmit(uint state, uint frequency, int precision) => state >> (32 - precision) >= frequency;

    /// <summary>The encode step proper: floor(x / f) * 2^n + x mod f + c, with x mod f written as x - floor(x / f) * f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EncodeStep(uint state, uint start, uint frequency, int precision) =>
        state + start + state / frequency * ((1u << precision) - frequency);
}
