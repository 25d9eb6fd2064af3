using Codecs.EntropyCoding;

namespace Codecs.Models.Walloc;

/// <summary>The states in which the residual contexts start, as stored with the weights: learned on training media.</summary>
/// <remarks>One 16-bit value for each context: the probability of a 0 in 1/32768, or 0 for a context that knows nothing.</remarks>
internal static class ResidualStart
{
    private const int Seen = 24;

    /// <summary>Contexts of stored values.</summary>
    internal static BinaryContext[] Read(short[] stored) => Array.ConvertAll(stored, s => s <= 0 ? default : BinaryContext.Primed(s * 2, Seen));

    /// <summary>Values to store.</summary>
    internal static short[] Write(ReadOnlySpan<BinaryContext> contexts)
    {
        short[] stored = new short[contexts.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            stored[i] = (short)(contexts[i].IsFresh ? 0 : Math.Max(1, contexts[i].SlowEstimate / 2));
        }

        return stored;
    }
}
