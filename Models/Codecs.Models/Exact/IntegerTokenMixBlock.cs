namespace Codecs.Models.Exact;

/// <summary>The exact twin of <c>TokenMixBlock</c>, in place on the state; positions are processed in chunks on all threads.</summary>
internal sealed class IntegerTokenMixBlock(
    IntegerPointwise a, IntegerDepthwise dw, IntegerPointwise b, IntegerPointwise c, IntegerPointwise e)
{
    private const int Chunk = 64; // positions; the scratch of a chunk stays in the first-level caches

    /// <param name="state">The residual stream; replaced by the block's output.</param>
    /// <param name="scratch">A map of the same shape; its content is overwritten.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    internal void Apply(IntegerMap state, IntegerMap scratch, int threads)
    {
        ParallelChunks.Run(state.Positions, Chunk, threads, (first, count) => a.Apply(state.At(first, count), scratch.At(first, count)));
        ParallelChunks.Run(state.Positions, Chunk, threads, (first, count) =>
        {
            int channels = state.Channels;
            Span<short> narrow = stackalloc short[count * channels];
            Span<short> wide = stackalloc short[count * channels * 2];
            Span<short> stream = state.At(first, count);
            dw.Apply(scratch, first, count, narrow);
            b.AddTo(narrow, stream);
            c.Apply(stream, wide);
            for (int p = 0; p < count; p++)
            {
                ReadOnlySpan<short> halves = wide.Slice(p * channels * 2, channels * 2);
                for (int k = 0; k < channels; k++)
                {
                    narrow[(p * channels) + k] = Requantizer.Saturate(halves[k] + halves[channels + k]);
                }
            }

            e.AddTo(narrow, stream);
        });
    }
}
