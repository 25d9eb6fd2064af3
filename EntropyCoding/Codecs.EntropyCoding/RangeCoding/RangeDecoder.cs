namespace Codecs.EntropyCoding;

/// <summary>Decodes what <see cref="RangeEncoder"/> wrote, step by step and in the same order.</summary>
/// <remarks>
/// Bad data never throws: <see cref="Status"/> turns bad and stays so, and all further symbols, raw values and bits are 0. The symbols of a damaged
/// payload may be wrong long before anything is noticed; only <see cref="Finish"/> gives the verdict. A cut payload decodes as if zero bytes
/// followed, so it is never <see cref="CodingStatus.Truncated"/> but fails the check. Decoding allocates nothing. Not thread-safe.
/// </remarks>
public sealed class RangeDecoder
{
    private readonly CheckMode _check;
    private readonly OperationHash _hash = new();
    private RangeReader _reader;
    private TableSet? _tables;
    private bool _finished;

    /// <summary>Opens a payload.</summary>
    /// <param name="payload">The whole payload and nothing else; it must not change while the decoder lives.</param>
    /// <param name="check">The check that the encoder was told to carry.</param>
    /// <param name="tables">The tables to start with, of at most 14 bits; null if no table symbols come before <see cref="Tables"/> is set.</param>
    /// <exception cref="ArgumentException">The tables have more than 14 bits, or the check is unknown.</exception>
    public RangeDecoder(ReadOnlyMemory<byte> payload, CheckMode check, TableSet? tables = null)
    {
        _ = OperationHash.CheckBits(check);
        _check = check;
        Tables = tables;
        _reader = new RangeReader(payload);
        if (!_reader.IsPossible)
        {
            Fail(CodingStatus.InvalidHead);
        }
    }

    /// <summary>What is known so far; the first fault stays.</summary>
    public CodingStatus Status { get; private set; }

    /// <summary>The tables of the following symbols. Change them where the encoder did.</summary>
    /// <exception cref="ArgumentException">The tables have more than 14 bits.</exception>
    public TableSet? Tables
    {
        get => _tables;
        set
        {
            if (value is { Precision: > Rc32.MaxPrecision })
            {
                throw new ArgumentException($"The tables have {value.Precision} bits; the range coder takes at most {Rc32.MaxPrecision}.", nameof(value));
            }

            _tables = value;
        }
    }

    /// <summary>Decodes symbols, each with its own table.</summary>
    /// <param name="tables">Table index of each symbol; an index the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="destination">Receives as many symbols, each in -32767..32767; 0 from the first fault on.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="InvalidOperationException">No tables are set.</exception>
    public void Decode(ReadOnlySpan<byte> tables, Span<short> destination)
    {
        if (tables.Length != destination.Length)
        {
            throw new ArgumentException($"{destination.Length} symbols but {tables.Length} table indexes; expected the same number.", nameof(destination));
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (short)NextUnhashed(tables[i]);
        }

        _hash.Append(destination);
    }

    /// <summary>Decodes symbols that share one table.</summary>
    /// <param name="table">Table index; one that the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="destination">Receives the symbols; 0 from the first fault on.</param>
    /// <exception cref="InvalidOperationException">No tables are set.</exception>
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
    /// <exception cref="InvalidOperationException">No tables are set.</exception>
    public int Next(int table)
    {
        int value = NextUnhashed(table);
        _hash.Append((short)value);
        return value;
    }

    /// <summary>Reads bits written with <see cref="RangeEncoder.PushRaw"/>.</summary>
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
            int size = Math.Min(bits - done, Rans64.MaxRawBits);
            uint piece = ReadRaw(size);
            _hash.AppendRaw(piece, size);
            value |= piece << done;
        }

        return value;
    }

    /// <summary>Reads a bit written with <see cref="RangeEncoder.PushBit(ref BinaryContext, int)"/>.</summary>
    /// <param name="context">A context with the same history as the encoder's.</param>
    /// <returns>0 or 1; 0 after a fault.</returns>
    public int Bit(ref BinaryContext context)
    {
        int bit = _reader.Bit(context.Probability);
        context.Update(bit);
        _hash.AppendBit(bit);
        return bit;
    }

    /// <summary>Reads a bit written with <see cref="RangeEncoder.PushBit(LogisticMixer, Span{BinaryContext}, ReadOnlySpan{int}, int)"/>.</summary>
    /// <param name="mixer">A mixture with the same history as the encoder's, and the same selection.</param>
    /// <param name="contexts">A pool of contexts with the same history.</param>
    /// <param name="selected">The context of each input of the mixture, as index into the pool; all different.</param>
    /// <returns>0 or 1; 0 after a fault.</returns>
    /// <exception cref="ArgumentException">The number of inputs is not the mixer's.</exception>
    /// <exception cref="IndexOutOfRangeException">The pool has no such context.</exception>
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected) => Bit(mixer, contexts, selected, []);

    /// <summary>Reads a bit written with <see cref="RangeEncoder.PushBit(LogisticMixer, Span{BinaryContext}, ReadOnlySpan{int}, ReadOnlySpan{short}, int)"/>.</summary>
    /// <param name="mixer">A mixture with the same history as the encoder's, and the same selection.</param>
    /// <param name="contexts">A pool of contexts with the same history.</param>
    /// <param name="selected">The context of each of the mixture's first inputs, as index into the pool; all different.</param>
    /// <param name="logits">The mixture's other inputs, equal to the encoder's.</param>
    /// <returns>0 or 1; 0 after a fault.</returns>
    /// <exception cref="ArgumentException">The number of inputs is not the mixer's.</exception>
    /// <exception cref="IndexOutOfRangeException">The pool has no such context.</exception>
    public int Bit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits)
    {
        ArgumentNullException.ThrowIfNull(mixer);
        int bit = _reader.Bit(mixer.Predict(contexts, selected, logits));
        mixer.Update(contexts, selected, bit);
        _hash.AppendBit(bit);
        return bit;
    }

    /// <summary>Counterpart of <see cref="RangeEncoder.Bind"/>: the check fails unless these are the bytes that the encoder bound.</summary>
    /// <param name="associated">The bytes.</param>
    public void Bind(ReadOnlySpan<byte> associated) => _hash.Append(associated);

    /// <summary>Reads the check and verifies that everything was read, that it is what the encoder wrote, and that the payload ends as it must.
    /// May be called more than once; nothing can be decoded afterwards.</summary>
    /// <returns><see cref="CodingStatus.Ok"/>, or what is wrong.</returns>
    public CodingStatus Finish()
    {
        if (_finished || Status != CodingStatus.Ok)
        {
            return Status;
        }

        _finished = true;
        bool same = true;
        uint expected = _hash.Check(_check);
        int bits = OperationHash.CheckBits(_check);
        for (; bits > 0; bits -= Rans64.MaxRawBits, expected >>= Rans64.MaxRawBits)
        {
            same &= ReadRaw(Math.Min(bits, Rans64.MaxRawBits)) == (expected & 0xFFFF);
        }

        if (_reader.HasTrailingData)
        {
            Status = CodingStatus.TrailingData;
        }
        else if (!same || !_reader.HasEncodersEnding)
        {
            Status = CodingStatus.CheckFailed;
        }

        return Status;
    }

    /// <summary>Ends decoding with a fault that a reader of values found in them.</summary>
    internal void Fail(CodingStatus fault)
    {
        Status = Status == CodingStatus.Ok ? fault : Status;
        _reader.Stop();
    }

    private int NextUnhashed(int table)
    {
        TableSet set = _tables ?? throw new InvalidOperationException("Set Tables before the first table symbol.");
        if (Status != CodingStatus.Ok)
        {
            return 0;
        }

        if ((uint)table >= (uint)set.Count)
        {
            Fail(CodingStatus.InvalidTable);
            return 0;
        }

        // A slot alone is a rANS state of which only the symbol is wanted.
        ref readonly TableSet.Table info = ref set.Tables[table];
        ulong slot = _reader.Peek(set.Precision);
        int symbol = set.DecodeStep(table, info.First, ref slot);
        uint entry = set.Entry(info, symbol);
        _reader.Take(entry & 0xFFFF, entry >> 16, set.Precision);
        return symbol == info.Escape ? ReadEscaped(info) : info.Offset + symbol;
    }

    // The value behind an escape; 0 and a fault if it is out of range.
    private int ReadEscaped(in TableSet.Table info)
    {
        int length = (int)ReadRaw(EscapeCode.LengthBits);
        if (length is 0 or > EscapeCode.MaxLength)
        {
            Fail(CodingStatus.LimitExceeded);
            return 0;
        }

        uint excess = (1u << (length - 1)) - 1;
        excess += length > 1 ? ReadRaw(length - 1) : 0;
        int value = info.Offset + EscapeCode.Unfold(excess, info.Escape);
        if (value is < -Rans64.MaxMagnitude or > Rans64.MaxMagnitude)
        {
            Fail(CodingStatus.LimitExceeded);
            return 0;
        }

        return value;
    }

    private uint ReadRaw(int bits)
    {
        uint value = _reader.Peek(bits);
        _reader.Take(value, 1, bits);
        return value;
    }
}
