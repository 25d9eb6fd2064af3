namespace Codecs.EntropyCoding;

/// <summary>Decodes an R64 payload step by step; networks may run between the steps and choose the tables of the next one.</summary>
/// <remarks>
/// Bad data never throws: <see cref="Status"/> turns bad and stays so, and all further symbols are 0. The symbols of a damaged payload
/// may be wrong long before the status says so; only <see cref="Finish"/> gives the verdict. Decoding allocates nothing. Not thread-safe.
/// </remarks>
public sealed class Rans64Decoder
{
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly CheckMode _check;
    private readonly ulong _floor;
    private readonly SymbolHash _hash = new();
    private TableSet _tables;
    private ulong _state;
    private int _position;

    /// <summary>Opens a payload.</summary>
    /// <param name="payload">The whole payload and nothing else; it must not change while the decoder lives.</param>
    /// <param name="tables">The tables to start with.</param>
    /// <param name="check">The check that the encoder was told to carry.</param>
    public Rans64Decoder(ReadOnlyMemory<byte> payload, TableSet tables, CheckMode check)
    {
        ArgumentNullException.ThrowIfNull(tables);
        _payload = payload;
        _tables = tables;
        _check = check;
        _floor = SymbolHash.Floor(check);
        if (!Rans64Payload.TryReadHead(payload.Span, out _state, out _position))
        {
            Status = CodingStatus.InvalidHead;
        }
        else if (_state < _floor)
        {
            // Encoding never decreases the state, so the end of the payload is missing.
            Status = CodingStatus.Truncated;
        }
    }

    /// <summary>What is known so far; the first fault stays.</summary>
    public CodingStatus Status { get; private set; }

    /// <summary>The tables of the following symbols. Change them where the encoder did.</summary>
    public TableSet Tables
    {
        get => _tables;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _tables = value;
        }
    }

    /// <summary>Decodes symbols, each with its own table.</summary>
    /// <param name="tables">Table index of each symbol; an index the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="destination">Receives as many symbols, each in -32767..32767; 0 from the first fault on.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Decode(ReadOnlySpan<byte> tables, Span<short> destination)
    {
        if (tables.Length != destination.Length)
        {
            throw new ArgumentException($"{destination.Length} symbols but {tables.Length} table indexes; expected the same number.", nameof(destination));
        }

        int done = 0;
        if (Status == CodingStatus.Ok)
        {
            done = DecodeWhileGood(tables, destination);
            _hash.Append(destination[..done]);
        }

        destination[done..].Clear();
    }

    /// <summary>Decodes symbols that share one table.</summary>
    /// <param name="table">Table index; one that the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="destination">Receives the symbols; 0 from the first fault on.</param>
    public void Decode(int table, Span<short> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (short)NextUnhashed(table);
        }

        _hash.Append(destination);
    }

    /// <summary>Decodes one symbol.</summary>
    /// <param name="table">Table index; one that the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <returns>The symbol, -32767..32767; 0 after a fault.</returns>
    public int Next(int table)
    {
        int value = NextUnhashed(table);
        _hash.Append((short)value);
        return value;
    }

    /// <summary>Reads bits written with <see cref="Rans64Encoder.PushRaw"/>.</summary>
    /// <param name="bits">1..32, the same number as on the encoder's side.</param>
    /// <returns>The value, below 2^<paramref name="bits"/>; 0 after a fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of bits is out of range.</exception>
    public uint Raw(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 32);
        uint value = 0;
        for (int done = 0; done < bits; done += Rans64.MaxRawBits)
        {
            uint piece = ReadRaw(Math.Min(bits - done, Rans64.MaxRawBits));
            _hash.Append((short)piece);
            value |= piece << done;
        }

        return Status == CodingStatus.Ok ? value : 0;
    }

    /// <summary>Counterpart of <see cref="Rans64Encoder.Bind"/>: the check fails unless these are the bytes that the encoder bound.</summary>
    /// <param name="associated">The bytes.</param>
    public void Bind(ReadOnlySpan<byte> associated) => _hash.Append(associated);

    /// <summary>Verifies that everything was read and that the symbols are the encoder's. May be called more than once.</summary>
    /// <returns><see cref="CodingStatus.Ok"/>, or what is wrong.</returns>
    public CodingStatus Finish()
    {
        if (Status == CodingStatus.Ok && _position < _payload.Length)
        {
            Status = CodingStatus.TrailingData;
        }
        else if (Status == CodingStatus.Ok && _state != _hash.Seed(_check))
        {
            Status = CodingStatus.CheckFailed;
        }

        return Status;
    }

    // The hot loop: state and position in locals, written back around the rare escape. Returns the symbols decoded before a fault.
    private int DecodeWhileGood(ReadOnlySpan<byte> tables, Span<short> destination)
    {
        ReadOnlySpan<byte> payload = _payload.Span;
        TableSet set = _tables;
        ReadOnlySpan<TableSet.Table> infos = set.Tables;
        ulong floor = _floor;
        ulong state = _state;
        int position = _position;
        int i = 0;
        for (; i < tables.Length && i < destination.Length; i++)
        {
            int table = tables[i];
            if (table >= infos.Length)
            {
                Status = CodingStatus.InvalidTable;
                break;
            }

            ref readonly TableSet.Table info = ref infos[table];
            int symbol = set.DecodeStep(table, info.First, ref state);
            if (state < Rans64.LowerBound && !Rans64.TryRefill(ref state, payload, ref position, floor))
            {
                Status = CodingStatus.Truncated;
                break;
            }

            if (symbol == info.Escape)
            {
                (_state, _position) = (state, position);
                symbol = ReadEscape(info);
                (state, position) = (_state, _position);
                if (Status != CodingStatus.Ok)
                {
                    break;
                }
            }

            destination[i] = (short)(info.Offset + symbol);
        }

        (_state, _position) = (state, position);
        return i;
    }

    private int NextUnhashed(int table)
    {
        if (Status != CodingStatus.Ok)
        {
            return 0;
        }

        TableSet set = _tables;
        if ((uint)table >= (uint)set.Count)
        {
            Status = CodingStatus.InvalidTable;
            return 0;
        }

        ref readonly TableSet.Table info = ref set.Tables[table];
        int symbol = set.DecodeStep(table, info.First, ref _state);
        Refill();
        if (symbol == info.Escape && Status == CodingStatus.Ok)
        {
            symbol = ReadEscape(info);
        }

        return Status == CodingStatus.Ok ? info.Offset + symbol : 0;
    }

    // The symbol index (relative to the offset) behind an escape; sets the status if it is out of range.
    private int ReadEscape(in TableSet.Table info)
    {
        int length = (int)ReadRaw(EscapeCode.LengthBits);
        if (Status != CodingStatus.Ok || length is 0 or > EscapeCode.MaxLength)
        {
            Fail(CodingStatus.LimitExceeded);
            return 0;
        }

        uint excess = (1u << (length - 1)) - 1;
        excess += length > 1 ? ReadRaw(length - 1) : 0;
        int relative = EscapeCode.Unfold(excess, info.Escape);
        int value = info.Offset + relative;
        if (value is < -Rans64.MaxMagnitude or > Rans64.MaxMagnitude)
        {
            Fail(CodingStatus.LimitExceeded);
        }

        return relative;
    }

    private uint ReadRaw(int bits)
    {
        if (Status != CodingStatus.Ok)
        {
            return 0;
        }

        uint value = Rans64.DecodeRawStep(ref _state, bits);
        Refill();
        return value;
    }

    private void Refill()
    {
        if (_state < Rans64.LowerBound && !Rans64.TryRefill(ref _state, _payload.Span, ref _position, _floor))
        {
            Fail(CodingStatus.Truncated);
        }
    }

    private void Fail(CodingStatus fault) => Status = Status == CodingStatus.Ok ? fault : Status;
}
