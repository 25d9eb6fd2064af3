using System.Runtime.ExceptionServices;

namespace Codecs.Metrics.Geometry;

/// <summary>Work over a range, cut into chunks of fixed size, so that what a chunk computes does not depend on the number of threads.</summary>
internal static class FixedChunks
{
    /// <summary>Calls <paramref name="body"/> with the first and the last plus one of each chunk, on several threads and in any order.</summary>
    /// <param name="count">Items, 0 or more.</param>
    /// <param name="size">Items a chunk, at least 1.</param>
    /// <param name="workers">Threads at most; 0 for one a processor.</param>
    /// <param name="body">The work; writes only to places of its own chunk.</param>
    public static void Run(int count, int size, int workers, Action<int, int> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        int chunks = (int)(((long)count + size - 1) / size);
        if (workers == 1 || chunks == 1)
        {
            for (int from = 0; from < count; from += Math.Min(size, count - from))
            {
                body(from, from + Math.Min(size, count - from));
            }

            return;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = workers == 0 ? Environment.ProcessorCount : workers };
        try
        {
            Parallel.For(0, chunks, options, chunk => body(chunk * size, (int)Math.Min(count, ((long)chunk + 1) * size)));
        }
        catch (AggregateException exception)
        {
            // The caller sees what it would see without threads.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
