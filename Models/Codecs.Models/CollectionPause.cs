using System.Runtime;

namespace Codecs.Models;

/// <summary>Keeps the garbage collector away while torch works.</summary>
/// <remarks>
/// TorchSharp 0.107 wraps numbers in finalizable objects and lets go of them before torch has read them: a collection at that moment frees the
/// number under torch's hands ("Unknown scalar type", or a wrong number). It takes a busy machine and some thousand operations, but it happens. Without a
/// collection nothing is finalised. Beyond the budget collections return: the pause is as good as its budget. Pauses may nest and overlap.
/// </remarks>
internal readonly struct CollectionPause : IDisposable
{
    private static readonly Lock s_lock = new();
    private static int s_pauses;

    /// <summary>Begins a pause; <c>using var _ = CollectionPause.Start(...)</c> around one tile, stretch or training step.</summary>
    /// <param name="bytes">What will be allocated at most.</param>
    internal static CollectionPause Start(long bytes)
    {
        lock (s_lock)
        {
            if (s_pauses++ == 0)
            {
                try
                {
                    GC.TryStartNoGCRegion(bytes);
                }
                catch (InvalidOperationException)
                {
                    // The program has a pause of its own.
                }
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (s_lock)
        {
            if (--s_pauses == 0 && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                try
                {
                    GC.EndNoGCRegion();
                }
                catch (InvalidOperationException)
                {
                    // More was allocated than announced, and the pause is over already.
                }
            }
        }
    }
}
