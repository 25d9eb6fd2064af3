using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding.Interop;

/// <summary>What both of constriction's coders share: 32-bit words in a pooled list, and the checks of their arguments.</summary>
internal struct ConstrictionWords : IDisposable
{
    private const int InitialCapacity = 256;

    private uint[] _words;

    /// <summary>Starts an empty list.</summary>
    public static ConstrictionWords Create() => new() { _words = ArrayPool<uint>.Shared.Rent(InitialCapacity) };

    /// <summary>Words in use.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a word.</summary>
    public void Add(uint word)
    {
        if (Count == _words.Length)
        {
            uint[] larger = ArrayPool<uint>.Shared.Rent(2 * Count);
            _words.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<uint>.Shared.Return(_words);
            _words = larger;
        }

        _words[Count++] = word;
    }

    /// <summary>Adds one to the number that the words form, most significant word first; there is no carry beyond the first.</summary>
    public readonly void Increment()
    {
        for (int i = Count - 1; i >= 0 && ++_words[i] == 0; i--)
        {
        }
    }

    /// <summary>Writes the words, each little-endian.</summary>
    public readonly int Write(IBufferWriter<byte> destination)
    {
        int length = checked(Count * sizeof(uint));
        if (length > 0)
        {
            Rans64Payload.WriteWords(_words.AsSpan(0, Count), destination.GetSpan(length));
            destination.Advance(length);
        }

        return length;
    }

    /// <summary>Gives the storage back.</summary>
    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_words);
        _words = [];
    }

    /// <summary>Word <paramref name="index"/> of a payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read(ReadOnlySpan<byte> payload, int index) => BinaryPrimitives.ReadUInt32LittleEndian(payload[(index * sizeof(uint))..]);

    /// <summary>Checks that there is one model for all symbols, or one for each.</summary>
    public static void CheckModels(int symbols, ReadOnlySpan<ConstrictionModel> models)
    {
        if (models.Length != 1 && models.Length != symbols)
        {
            throw new ArgumentException($"{symbols} symbols but {models.Length} models; expected one for each or one for all.", nameof(models));
        }

        foreach (ConstrictionModel model in models)
        {
            ArgumentNullException.ThrowIfNull(model, nameof(models));
        }
    }

    /// <summary>Reports a symbol that its model does not have.</summary>
    [DoesNotReturn]
    public static void Reject(int index, int symbol, ConstrictionModel model) => throw new ArgumentOutOfRangeException(
        nameof(symbol), symbol, $"Symbol {index} is outside its model, which has {model.Minimum}..{model.Maximum}.");
}
