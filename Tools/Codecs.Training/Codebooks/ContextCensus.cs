using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Training.Codebooks;

/// <summary>Counts the mixed bits of every context instead of coding them.</summary>
/// <param name="zeros">Receives how often each context saw a 0.</param>
/// <param name="ones">Receives how often it saw a 1.</param>
/// <param name="first">Where the pool of contexts begins among those counted.</param>
internal readonly struct ContextCensus(int[] zeros, int[] ones, int first = 0) : IBitPort
{
    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit) => throw new NotSupportedException();

    /// <inheritdoc/>
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit)
    {
        foreach (int context in selected)
        {
            (bit == 0 ? zeros : ones)[first + context]++;
        }

        return bit;
    }

    /// <inheritdoc/>
    public int Raw(int value, int bits) => throw new NotSupportedException();
}
