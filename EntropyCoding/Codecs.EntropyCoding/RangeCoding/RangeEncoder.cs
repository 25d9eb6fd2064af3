using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>Encodes table symbols, raw bits and adaptive bits, mixed at will, into one RC32 payload (range coder, optimal ending). First in, first out.</summary>
/// <remarks>
/// <para>For payloads of a few bytes, for adaptive bits, and for live encoding: nothing is buffered but a few bytes, and what is final goes to the destination
/// at once in blocks of 256 bytes (<see cref="Flush"/>: now). The last byte is held until no carry can reach it any more; zero bytes are counted until
/// something follows them, because a payload never ends in one.</para>
/// <para>Overhead: 0.3 byte above the ideal code length on average, plus exactly the bits of the check; a message that is no surprise takes 0 bytes.
/// After <see cref="Finish"/> the encoder is empty and may be used again; it allocates nothing after its construction. Not thread-safe. A push that throws
/// leaves the encoder as it was. The arithmetic: <c>RangeCoding/Rc32.cs</c>.</para>
/// </remarks>
public sealed class RangeEncoder
{
    private readonly OperationHash _hash = new();
    private RangeWriter _writer;
    private TableSet? _tables;

    /// <summary>Creates an empty encoder.</summary>
    /// <param name="destination">Where the payload goes.</param>
    /// <param name="tables">The tables to start with, of at most 14 bits; null if no table symbols come before <see cref="Tables"/> is set.</param>
    /// <exception cref="ArgumentException">The tables have more than 14 bits.</exception>
    public RangeEncoder(IBufferWriter<byte> destination, TableSet? tables = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        _writer = new RangeWriter(destination);
        Tables = tables;
    }

    /// <summary>Largest precision of <see cref="Tables"/>, in bits.</summary>
    public const int MaxPrecision = Rc32.MaxPrecision;

    /// <summary>The tables of the following symbols. May change between pushes (precisions may differ); the decoder must change at the same place.</summary>
    /// <exception cref="ArgumentException">The tables have more than 14 bits.</exception>
    public TableSet? Tables
    {
        get => _tables;
        set
        {
            if (value is { Precision: > MaxPrecision })
            {
                throw new ArgumentException($"The tables have {value.Precision} bits; the range coder takes at most {MaxPrecision}.", nameof(value));
            }

            _tables = value;
        }
    }

    /// <summary>Where payloads go. May change only between payloads.</summary>
    /// <exception cref="InvalidOperationException">A payload is under way.</exception>
    public IBufferWriter<byte> Destination
    {
        get => _writer.Destination;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!_writer.IsFresh)
            {
                throw new InvalidOperationException("A payload is under way; finish it before the destination changes.");
            }

            _writer.Destination = value;
        }
    }

    /// <summary>Encodes symbols, each with its own table.</summary>
    /// <param name="symbols">Values, each in -32767..32767; those outside their table are escaped.</param>
    /// <param name="tables">Table index of each symbol, each below <see cref="TableSet.Count"/>; as many as symbols.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a symbol or an index is out of range.</exception>
    /// <exception cref="InvalidOperationException">No tables are set.</exception>
    public void Push(ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables)
    {
        if (symbols.Length != tables.Length)
        {
            throw new ArgumentException($"{symbols.Length} symbols but {tables.Length} table indexes; expected the same number.", nameof(tables));
        }

        TableSet set = RequiredTables();
        for (int i = 0; i < symbols.Length; i++)
        {
            Check(set, symbols[i], tables[i]);
        }

        for (int i = 0; i < symbols.Length; i++)
        {
            Encode(set, symbols[i], tables[i]);
        }

        _hash.Append(symbols);
    }

    /// <summary>Encodes symbols that share one table.</summary>
    /// <param name="symbols">Values, each in -32767..32767.</param>
    /// <param name="table">Table index, 0..<see cref="TableSet.Count"/> - 1.</param>
    /// <exception cref="ArgumentException">A symbol or the index is out of range.</exception>
    /// <exception cref="InvalidOperationException">No tables are set.</exception>
    public void Push(ReadOnlySpan<short> symbols, int table)
    {
        TableSet set = RequiredTables();
        foreach (short symbol in symbols)
        {
            Check(set, symbol, table);
        }

        foreach (short symbol in symbols)
        {
            Encode(set, symbol, table);
        }

        _hash.Append(symbols);
    }

    /// <summary>Encodes one symbol.</summary>
    /// <param name="symbol">Value in -32767..32767.</param>
    /// <param name="table">Table index, 0..<see cref="TableSet.Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The symbol or the index is out of range.</exception>
    /// <exception cref="InvalidOperationException">No tables are set.</exception>
    public void Push(int symbol, int table)
    {
        TableSet set = RequiredTables();
        Check(set, symbol, table);
        Encode(set, symbol, table);
        _hash.Append((short)symbol);
    }

    /// <summary>Encodes bits that cost exactly their number.</summary>
    /// <param name="value">The value, below 2^<paramref name="bits"/>.</param>
    /// <param name="bits">1..32. More than 16 go as two pieces, the low 16 bits first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bits is out of range, or the value needs more of them.</exception>
    public void PushRaw(uint value, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, uint.MaxValue >> (32 - bits));
        for (; bits > 0; bits -= Rans64.MaxRawBits, value >>= Rans64.MaxRawBits)
        {
            uint piece = value & 0xFFFF;
            int size = Math.Min(bits, Rans64.MaxRawBits);
            _writer.Step(piece, 1, size);
            _hash.AppendRaw(piece, size);
        }
    }

    /// <summary>Encodes a bit with an adaptive probability, which learns from it.</summary>
    /// <param name="context">The statistics of bits in this situation; the decoder must use a context with the same history.</param>
    /// <param name="bit">0 or 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bit is neither.</exception>
    public void PushBit(ref BinaryContext context, int bit)
    {
        CheckBit(bit);
        _writer.Bit(context.Probability, bit);
        context.Update(bit);
        _hash.AppendBit(bit);
    }

    /// <summary>Encodes a bit with a mixture of several adaptive probabilities; the mixture and all of them learn from it.</summary>
    /// <param name="mixer">The mixture, with its weight set and refinement selected.</param>
    /// <param name="contexts">A pool of contexts.</param>
    /// <param name="selected">The context of each input of the mixture, as index into the pool; all different.</param>
    /// <param name="bit">0 or 1.</param>
    /// <exception cref="ArgumentException">The number of inputs is not the mixer's, or the bit is not 0 or 1.</exception>
    /// <exception cref="IndexOutOfRangeException">The pool has no such context.</exception>
    public void PushBit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, int bit) =>
        PushBit(mixer, contexts, selected, [], bit);

    /// <summary>Encodes a bit with a mixture of adaptive probabilities and of predictions made elsewhere; the mixture and the former learn from it.</summary>
    /// <param name="mixer">The mixture, with its weight set and refinement selected.</param>
    /// <param name="contexts">A pool of contexts.</param>
    /// <param name="selected">The context of each of the mixture's first inputs, as index into the pool; all different.</param>
    /// <param name="logits">The mixture's other inputs: 256 ln(p / (1 - p)) for a probability p of 0, limited to -2048..2047; the decoder must have the same.</param>
    /// <param name="bit">0 or 1.</param>
    /// <exception cref="ArgumentException">The number of inputs is not the mixer's, or the bit is not 0 or 1.</exception>
    /// <exception cref="IndexOutOfRangeException">The pool has no such context.</exception>
    public void PushBit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit)
    {
        ArgumentNullException.ThrowIfNull(mixer);
        CheckBit(bit);
        _writer.Bit(mixer.Predict(contexts, selected, logits), bit);
        mixer.Update(contexts, selected, bit);
        _hash.AppendBit(bit);
    }

    /// <summary>Lets the content check also cover bytes outside the payload, such as the header that says how to read it. Costs nothing.</summary>
    /// <param name="associated">The bytes; the decoder must be given the same at the same place in the order of operations.</param>
    public void Bind(ReadOnlySpan<byte> associated) => _hash.Append(associated);

    /// <summary>Hands all final bytes to the destination now instead of in blocks; the payload does not change.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>Ends the payload and empties the encoder; contexts and mixers are the caller's and keep what they learned.</summary>
    /// <param name="check">The check to carry, as 0, 16 or 31 raw bits at the end; the decoder must be told the same.</param>
    /// <returns>Bytes of the payload, those handed over before included; may be 0 with <see cref="CheckMode.None"/>.</returns>
    public long Finish(CheckMode check)
    {
        uint value = _hash.Check(check);
        int bits = OperationHash.CheckBits(check);
        for (; bits > 0; bits -= Rans64.MaxRawBits, value >>= Rans64.MaxRawBits)
        {
            _writer.Step(value & 0xFFFF, 1, Math.Min(bits, Rans64.MaxRawBits));
        }

        _hash.Reset();
        return _writer.End();
    }

    private void Encode(TableSet set, int symbol, int table)
    {
        ref readonly TableSet.Table info = ref set.Tables[table];
        int relative = symbol - info.Offset;
        bool regular = (uint)relative < (uint)info.Escape;
        uint entry = set.Entry(info, regular ? relative : info.Escape);
        _writer.Step(entry & 0xFFFF, entry >> 16, set.Precision);
        if (!regular)
        {
            EncodeExcess(EscapeCode.Fold(relative, info.Escape));
        }
    }

    private void EncodeExcess(uint excess)
    {
        int length = EscapeCode.Length(excess);
        _writer.Step((uint)length, 1, EscapeCode.LengthBits);
        if (length > 1)
        {
            _writer.Step((excess + 1) & ((1u << (length - 1)) - 1), 1, length - 1);
        }
    }

    private TableSet RequiredTables() => _tables ?? throw new InvalidOperationException("Set Tables before the first table symbol.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckBit(int bit)
    {
        if ((uint)bit > 1)
        {
            RejectBit(bit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(TableSet set, int symbol, int table)
    {
        if ((uint)table >= (uint)set.Count || symbol is < -Rans64.MaxMagnitude or > Rans64.MaxMagnitude)
        {
            Reject(set, symbol, table);
        }
    }

    [DoesNotReturn]
    private static void RejectBit(int bit) => throw new ArgumentOutOfRangeException(nameof(bit), bit, "A bit is 0 or 1.");

    [DoesNotReturn]
    private static void Reject(TableSet set, int symbol, int table)
    {
        if ((uint)table >= (uint)set.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(table), table, $"The table set has {set.Count} tables.");
        }

        throw new ArgumentOutOfRangeException(nameof(symbol), symbol, $"Symbols must lie in -{Rans64.MaxMagnitude}..{Rans64.MaxMagnitude}.");
    }
}
