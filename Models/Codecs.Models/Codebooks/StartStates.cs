using Codecs.EntropyCoding;

namespace Codecs.Models.Codebooks;

/// <summary>How weight files keep what contexts know at the start: P(0) in 1/32768, or 0 for a context that knows nothing.</summary>
internal static class StartStates
{
    /// <summary>A context that starts from a stored value.</summary>
    /// <param name="stored">The value; 0 or less for a context that knows nothing.</param>
    /// <param name="seen">How firmly it holds on to its start, as bits seen, 0..255.</param>
    /// <param name="fast">Rate of the quick estimate.</param>
    /// <param name="slow">Rate of the slow estimate.</param>
    internal static BinaryContext Read(short stored, int seen, int fast, int slow) =>
        stored <= 0 ? new BinaryContext(fast, slow) : BinaryContext.Primed(stored * 2, seen, fast, slow);

    /// <summary>Values to store.</summary>
    /// <param name="zeros">How often each context saw a 0.</param>
    /// <param name="ones">How often it saw a 1.</param>
    internal static short[] Write(ReadOnlySpan<int> zeros, ReadOnlySpan<int> ones)
    {
        short[] stored = new short[zeros.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            long seen = (long)zeros[i] + ones[i];
            stored[i] = (short)(seen == 0 ? 0 : Math.Clamp((zeros[i] + 1L) * (short.MaxValue + 1) / (seen + 2), 1, short.MaxValue));
        }

        return stored;
    }
}
