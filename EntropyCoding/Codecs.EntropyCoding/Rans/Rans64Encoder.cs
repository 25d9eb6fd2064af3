using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Codecs.EntropyCoding;

/// <summary>Encodes symbols with table-driven probabilities into one R64 payload (rANS, 64-bit state, 32-bit words).</summary>
/// <remarks>
/// Symbols are pushed in the order in which the decoder will read them; <see cref="Finish"/> encodes them from last to first, which is why
/// a symbol costs 4 bytes of pooled memory until then. After <see cref="Finish"/> the encoder is empty and may be used again; it allocates
/// nothing once its storage has grown. Not thread-safe. A push that throws leaves the encoder as it was.
/// </remarks>
public sealed class Rans64Encoder : IDisposable
{
    private readonly Rans64Operations _operations = new();
    private readonly SymbolHash _hash = new();
    private TableSet _tables;

    /// <summary>Creates an empty encoder.</summary>
    /// <param name="tables">The tables to start with.</param>
    public Rans64Encoder(TableSet tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        _tables = tables;
    }

    /// <summary>The tables of the following symbols. May change between pushes (precisions may differ); the decoder must change at the same place.</summary>
    public TableSet Tables
    {
        get => _tables;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Precision != _tables.Precision && _operations.Count > 0)
            {
                _operations.AddPrecisionChange(_tables.Precision);
            }

            _tables = value;
        }
    }

    /// <summary>Adds symbols, each with its own table.</summary>
    /// <param name="symbols">Values, each in -32767..32767; those outside their table are escaped.</param>
    /// <param name="tables">Table index of each symbol, each below <see cref="TableSet.Count"/>; as many as symbols.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a symbol or an index is out of range.</exception>
    public void Push(ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables)
    {
        if (symbols.Length != tables.Length)
        {
            throw new ArgumentException($"{symbols.Length} symbols but {tables.Length} table indexes; expected the same number.", nameof(tables));
        }

        int mark = _operations.Count;
        for (int i = 0; i < symbols.Length; i++)
        {
            Add(symbols[i], tables[i], mark);
        }

        _hash.Append(symbols);
    }

    /// <summary>Adds symbols that share one table.</summary>
    /// <param name="symbols">Values, each in -32767..32767.</param>
    /// <param name="table">Table index, 0..<see cref="TableSet.Count"/> - 1.</param>
    /// <exception cref="ArgumentException">A symbol or the index is out of range.</exception>
    public void Push(ReadOnlySpan<short> symbols, int table)
    {
        int mark = _operations.Count;
        foreach (short symbol in symbols)
        {
            Add(symbol, table, mark);
        }

        _hash.Append(symbols);
    }

    /// <summary>Adds one symbol.</summary>
    /// <param name="symbol">Value in -32767..32767.</param>
    /// <param name="table">Table index, 0..<see cref="TableSet.Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The symbol or the index is out of range.</exception>
    public void Push(int symbol, int table)
    {
        Add(symbol, table, _operations.Count);
        _hash.Append((short)symbol);
    }

    /// <summary>Adds bits that cost exactly their number.</summary>
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
            _operations.AddRaw(value & 0xFFFF, Math.Min(bits, Rans64.MaxRawBits));
            _hash.Append((short)value);
        }
    }

    /// <summary>Lets the content check also cover bytes outside the payload, such as the header that says how to read it. Costs nothing.</summary>
    /// <param name="associated">The bytes; the decoder must be given the same at the same place in the order of symbols.</param>
    public void Bind(ReadOnlySpan<byte> associated) => _hash.Append(associated);

    /// <summary>Writes the payload of everything pushed and empties the encoder.</summary>
    /// <param name="check">The check to carry; the decoder must be told the same.</param>
    /// <param name="destination">Where the payload goes.</param>
    /// <returns>Bytes written; may be 0 with <see cref="CheckMode.None"/>.</returns>
    public int Finish(CheckMode check, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ulong seed = _hash.Seed(check);
        ulong state = _operations.Encode(seed, _tables.Precision, out ReadOnlySpan<uint> words);
        _hash.Reset();
        return Rans64Payload.Write(state, words, destination);
    }

    /// <summary>Returns the pooled storage.</summary>
    public void Dispose() => _operations.Dispose();

    private void Add(int symbol, int table, int mark)
    {
        ReadOnlySpan<TableSet.Table> tables = _tables.Tables;
        if ((uint)table >= (uint)tables.Length || symbol is < -Rans64.MaxMagnitude or > Rans64.MaxMagnitude)
        {
            Reject(symbol, table, mark);
        }

        ref readonly TableSet.Table info = ref tables[table];
        int relative = symbol - info.Offset;
        if ((uint)relative < (uint)info.Escape)
        {
            _operations.Add(_tables.Entry(info, relative));
        }
        else
        {
            AddEscaped(info, EscapeCode.Fold(relative, info.Escape));
        }
    }

    private void AddEscaped(in TableSet.Table info, uint excess)
    {
        int length = EscapeCode.Length(excess);
        _operations.Add(_tables.Entry(info, info.Escape));
        _operations.AddRaw((uint)length, EscapeCode.LengthBits);
        if (length > 1)
        {
            _operations.AddRaw((excess + 1) & ((1u << (length - 1)) - 1), length - 1);
        }
    }

    [DoesNotReturn]
    private void Reject(int symbol, int table, int mark)
    {
        _operations.Truncate(mark);
        if ((uint)table >= (uint)_tables.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(table), table, $"The table set has {_tables.Count} tables.");
        }

        throw new ArgumentOutOfRangeException(nameof(symbol), symbol, $"Symbols must lie in -{Rans64.MaxMagnitude}..{Rans64.MaxMagnitude}.");
    }
}
