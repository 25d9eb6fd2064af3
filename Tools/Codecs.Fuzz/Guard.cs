namespace Codecs.Fuzz;

/// <summary>Runs a target on one input and lets through only what is a finding.</summary>
internal static class Guard
{
    /// <summary>Feeds one input, twice: what the first run prepares once for the process does not count as the input's memory.</summary>
    /// <returns>What the input was: null for good data, else our own error.</returns>
    /// <exception cref="BrokenPromiseException">The target broke a promise or took more memory than it may.</exception>
    internal static CodecException? Feed(FuzzTarget target, ReadOnlyMemory<byte> input)
    {
        CodecException? first = Once(target, input, out long taken);
        if (taken <= target.MemoryCap(input.Length))
        {
            return first;
        }

        CodecException? second = Once(target, input, out taken);
        if (taken > target.MemoryCap(input.Length))
        {
            throw new BrokenPromiseException($"{input.Length} bytes of input made '{target.Name}' allocate {taken} bytes; the cap is {target.MemoryCap(input.Length)}");
        }

        return second;
    }

    private static CodecException? Once(FuzzTarget target, ReadOnlyMemory<byte> input, out long taken)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
            return null;
        }
        catch (CodecException e)
        {
            return e;
        }
        finally
        {
            taken = GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
