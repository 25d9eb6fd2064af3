using System.Buffers;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The coding operations of one payload, collected forward and encoded backward. Pooled storage, 4 bytes per symbol.</summary>
/// <remarks>
/// An entry is a table entry, start | frequency &lt;&lt; 16. Frequencies are never 0, which leaves room for two marks with frequency 0:
/// low half 1..16: a raw operation of that many bits, whose value is the entry before;
/// low half 0x100 + n: the operations before have precision n (those after it had their own).
/// </remarks>
internal sealed class Rans64Operations : IDisposable
{
    private const uint PrecisionMark = 0x100;
    private const int InitialCapacity = 1024;

    // 1 GiB of operations; the payload, never longer, still fits one span.
    private const int MaxEntries = 1 << 28;

    private uint[] _entries = [];

    /// <summary>Entries in use.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a symbol by its table entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint entry)
    {
        if (Count == _entries.Length)
        {
            Grow();
        }

        _entries[Count++] = entry;
    }

    /// <summary>Adds raw bits, 1..16 of them.</summary>
    public void AddRaw(uint value, int bits)
    {
        Add(value);
        Add((uint)bits);
    }

    /// <summary>Notes that the operations so far have this precision and the following another one.</summary>
    public void AddPrecisionChange(int precisionBefore) => Add(PrecisionMark + (uint)precisionBefore);

    /// <summary>Forgets everything after the first <paramref name="count"/> entries.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Encodes all operations, last first, and empties the collection.</summary>
    /// <param name="seed">State to start from, below 2^63.</param>
    /// <param name="precision">Precision of the last operations.</param>
    /// <param name="words">The emitted words in decode order; valid until the next operation is added.</param>
    /// <returns>The final state.</returns>
    /// <remarks>
    /// The words are written downwards from the end of the same array: an operation takes at least one entry and emits at most one word
    /// (Rans64, 2), so a word never lands on an operation that is still to be read.
    /// </remarks>
    public ulong Encode(ulong seed, int precision, out ReadOnlySpan<uint> words)
    {
        Span<uint> entries = _entries.AsSpan(0, Count);
        ulong state = seed;
        int firstWord = entries.Length;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            uint start = entries[i] & 0xFFFF;
            uint frequency = entries[i] >> 16;
            int bits = precision;
            if (frequency == 0)
            {
                if (start > PrecisionMark)
                {
                    precision = (int)(start - PrecisionMark);
                    continue;
                }

                bits = (int)start;
                frequency = 1;
                start = entries[--i];
            }

            if (state >= Rans64.EmitThreshold(frequency, bits))
            {
                entries[--firstWord] = (uint)state;
                state >>= Rans64.WordBits;
            }

            state = Rans64.EncodeStep(state, start, frequency, bits);
        }

        Count = 0;
        words = entries[firstWord..];
        return state;
    }

    /// <summary>Gives the storage back; the collection may be used again.</summary>
    public void Dispose()
    {
        if (_entries.Length > 0)
        {
            ArrayPool<uint>.Shared.Return(_entries);
            _entries = [];
        }

        Count = 0;
    }

    private void Grow()
    {
        if (Count >= MaxEntries)
        {
            throw new InvalidOperationException($"One payload holds at most {MaxEntries} operations; split the data into several payloads.");
        }

        uint[] larger = ArrayPool<uint>.Shared.Rent(Math.Max(InitialCapacity, 2 * Count));
        _entries.AsSpan(0, Count).CopyTo(larger);
        if (_entries.Length > 0)
        {
            ArrayPool<uint>.Shared.Return(_entries);
        }

        _entries = larger;
    }
}
