namespace Codecs.Models.Exact;

/// <summary>Splits a range into fixed chunks and runs them on several threads.</summary>
internal static class ParallelChunks
{
    /// <param name="count">Items.</param>
    /// <param name="chunk">Items per call at most.</param>
    /// <param name="threads">Threads; 1 runs on the caller's.</param>
    /// <param name="body">Receives the first item and how many.</param>
    internal static void Run(int count, int chunk, int threads, Action<int, int> body)
    {
        int chunks = (count + chunk - 1) / chunk;
        if (threads == 1 || chunks == 1)
        {
            for (int i = 0; i < chunks; i++)
            {
                body(i * chunk, Math.Min(chunk, count - (i * chunk)));
            }

            return;
        }

        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => body(i * chunk, Math.Min(chunk, count - (i * chunk))));
    }
}
