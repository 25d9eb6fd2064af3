namespace Codecs.Fuzz;

/// <summary>One parser or coder that takes bytes from outside.</summary>
/// <remarks>A target may throw <see cref="CodecException"/> for bad data. Any other exception, a broken promise
/// (<see cref="Require"/>), or more memory than <see cref="MemoryCap"/> is a finding.</remarks>
internal abstract class FuzzTarget
{
    /// <summary>Name on the command line, and of the corpus folder.</summary>
    internal abstract string Name { get; }

    /// <summary>What the bytes are, in one line.</summary>
    internal abstract string Description { get; }

    /// <summary>Bytes that one input may allocate on the managed heap, freed ones included.</summary>
    internal virtual long MemoryCap(int inputBytes) => (8L << 20) + (64L * inputBytes);

    /// <summary>Valid inputs to start from.</summary>
    internal abstract IEnumerable<byte[]> Seeds();

    /// <summary>Feeds one input.</summary>
    internal abstract void Run(ReadOnlyMemory<byte> input);

    /// <summary>A promise that must hold for every input.</summary>
    protected static void Require(bool promise, string what)
    {
        if (!promise)
        {
            throw new BrokenPromiseException(what);
        }
    }
}
