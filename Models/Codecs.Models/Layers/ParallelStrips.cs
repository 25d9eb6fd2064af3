namespace Codecs.Models.Layers;

/// <summary>Independent pieces of a work, on one thread or several; each thread has buffers of its own.</summary>
internal static class ParallelStrips
{
    /// <param name="count">Number of pieces.</param>
    /// <param name="threads">Threads at most; 1 stays on the caller's.</param>
    /// <param name="buffers">Makes the buffers of a thread.</param>
    /// <param name="work">Does a piece; pieces may come in any order.</param>
    /// <param name="cancellation">Checked before each piece.</param>
    internal static void Run<T>(int count, int threads, Func<T> buffers, Action<T, int> work, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (threads == 1 || count < 2)
        {
            T own = buffers();
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(own, i);
            }

            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, buffers, (i, _, own) =>
        {
            work(own, i);
            return own;
        }, _ => { });
    }
}
