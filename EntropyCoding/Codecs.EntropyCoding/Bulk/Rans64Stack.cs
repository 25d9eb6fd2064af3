using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.EntropyCoding;

/// <summary>An R64 encoder that is fed backwards, last symbol first, and shows its words while it works. Pooled storage.</summary>
internal ref struct Rans64Stack
{
    private const int InitialCapacity = 256;

    private uint[] _words;
    private ulong _state;

    /// <summary>Starts from a seed below 2^63.</summary>
    public Rans64Stack(ulong seed)
    {
        _words = ArrayPool<uint>.Shared.Rent(InitialCapacity);
        _state = seed;
    }

    /// <summary>Number of words so far.</summary>
    public int Count { get; private set; }

    /// <summary>The words in the order of their emission, which is the reverse of the order in the payload.</summary>
    public readonly ReadOnlySpan<uint> Emitted => _words.AsSpan(0, Count);

    /// <summary>Puts a value in front of what was pushed before, with its escape if it needs one.</summary>
    public void Push(TableSet set, int table, int value)
    {
        ref readonly TableSet.Table info = ref set.Tables[table];
        int symbol = value - info.Offset;
        if ((uint)symbol >= (uint)info.Escape)
        {
            PushExcess(info, value);
            symbol = info.Escape;
        }

        uint entry = set.Entry(info, symbol);
        Push(entry & 0xFFFF, entry >> 16, set.Precision);
    }

    /// <summary>Puts what follows an escape symbol in front of what was pushed before.</summary>
    /// <param name="info">The table.</param>
    /// <param name="value">A value that is no regular one of the table.</param>
    public void PushExcess(in TableSet.Table info, int value)
    {
        uint excess = EscapeCode.Fold(value - info.Offset, info.Escape);
        int length = EscapeCode.Length(excess);
        if (length > 1)
        {
            Push((excess + 1) & ((1u << (length - 1)) - 1), 1, length - 1);
        }

        Push((uint)length, 1, EscapeCode.LengthBits);
    }

    /// <summary>Number of bytes that <see cref="Write"/> writes.</summary>
    /// <param name="omitted">How many words, the first emitted ones, are kept elsewhere.</param>
    public readonly int Length(int omitted) => Rans64Payload.HeadLength(_state, Count > 0) + (Count - omitted) * Rans64.WordBytes;

    /// <summary>Writes head and words in payload order.</summary>
    public readonly void Write(int omitted, Span<byte> target)
    {
        int at = Rans64Payload.HeadLength(_state, Count > 0);
        Rans64Payload.WriteHead(_state, at, target);
        for (int i = Count - 1; i >= omitted; i--, at += Rans64.WordBytes)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], _words[i]);
        }
    }

    /// <summary>Returns the pooled storage.</summary>
    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_words);
        _words = [];
        Count = 0;
    }

    private void Push(uint start, uint frequency, int precision)
    {
        if (_state >= Rans64.EmitThreshold(frequency, precision))
        {
            if (Count == _words.Length)
            {
                Grow();
            }

            _words[Count++] = (uint)_state;
            _state >>= Rans64.WordBits;
        }

        _state = Rans64.EncodeStep(_state, start, frequency, precision);
    }

    private void Grow()
    {
        uint[] larger = ArrayPool<uint>.Shared.Rent(2 * Count);
        _words.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<uint>.Shared.Return(_words);
        _words = larger;
    }
}
