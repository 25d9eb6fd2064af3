namespace Codecs.EntropyCoding;

/// <summary>The arithmetic of RC32: a range coder with a 32-bit range, renormalised by bytes, with carries and an optimal ending. Normative.</summary>
/// <remarks>
/// <para>Range coding: G. N. N. Martin, "Range encoding: an algorithm for removing redundancy from a digitised message", 1979. Carries by one held byte
/// and a count of 0xFF bytes behind it, as in LZMA; unlike there no leading zero byte is written, and the ending is the shortest possible, as in
/// TensorFlow Compression. The interval is [low, low + range) with low = 0, range = 2^32 - 1 at the start:</para>
/// <code>
/// symbol  start c, frequency f out of 2^n:   r = range >> n;   low += r * c;   range = r * f, or range - r * c if c + f = 2^n (the last symbol takes the rest)
/// b raw bits v (b &lt;= 16):                    a symbol with n = b, f = 1, c = v
/// bit     with p = 4096 * P(0), 16..4080:    bound = (range >> 12) * p;   0: range = bound;   1: low += bound, range -= bound
/// then    while range &lt; 2^24:               the top byte of low goes out (first byte first), low and range are shifted left by 8
/// end     the shortest byte string that, followed by zero bytes for ever, lies in [low, low + range); of several of that length the smallest
/// </code>
/// <para>The payload never ends in a zero byte, and the decoder supplies zero bytes behind it without limit: a long run of probable symbols can
/// code to nothing at all. A decoder keeps code - low and range, and finds the symbol of slot min((code - low) / r, 2^n - 1).</para>
/// <para>Why it works:</para>
/// <para>1. range >= 2^24 before a step, so r >= 2^8 for n &lt;= 16: no symbol gets an empty interval, and at most two bytes go out behind a
/// step. The truncation of r costs less than 2^-10 of the range, 0.0014 bit, for n &lt;= 14.</para>
/// <para>2. Behind a bit range >= 2^12 * 16 = 2^16, because p is clamped to 16..4080: one byte at most.</para>
/// <para>3. The whole interval starts below 2^32 and only shrinks, so the first byte never receives a carry.</para>
/// <para>4. code - low &lt; range holds at the start (a payload of FF FF FF FF ... is refused) and after every step, whatever the bytes are: hostile
/// input decodes to some symbols and is judged at the end. How many are read is the caller's decision, never the payload's.</para>
/// <para>5. The ending is unique. low = code - (code - low) modulo 2^32, so the decoder can compute the ending that the encoder chose and refuse
/// every other: two different payloads never both pass with the same content.</para>
/// </remarks>
internal static class Rc32
{
    /// <summary>Range before the first step.</summary>
    public const uint InitialRange = uint.MaxValue;

    /// <summary>Below this range a byte moves.</summary>
    public const uint Bottom = 1u << 24;

    /// <summary>Largest precision of tables.</summary>
    public const int MaxPrecision = 14;

    /// <summary>Bits of the probability of a binary step.</summary>
    public const int BitPrecision = 12;

    /// <summary>Bytes of low, and so the most that an ending can have.</summary>
    public const int WindowBytes = 4;

    /// <summary>The number with the most trailing zero bytes in [low, low + range), the smallest of those.</summary>
    /// <param name="low">Lower end, below 2^33 (bit 32 is a carry to the bytes before).</param>
    /// <param name="range">Length, at least 1.</param>
    public static ulong Ending(ulong low, uint range)
    {
        for (int zeros = WindowBytes; zeros > 0; zeros--)
        {
            ulong mask = (1UL << (8 * zeros)) - 1;
            ulong candidate = (low + mask) & ~mask;
            if (candidate - low < range)
            {
                return candidate;
            }
        }

        return low;
    }
}
