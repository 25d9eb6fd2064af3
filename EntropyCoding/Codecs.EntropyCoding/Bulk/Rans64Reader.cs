namespace Codecs.EntropyCoding;

/// <summary>Reads an R64 payload that lies in one span; <see cref="Rans64Decoder"/> without its object. The first fault stays.</summary>
internal ref struct Rans64Reader
{
    private readonly ReadOnlySpan<byte> _payload;
    private readonly ulong _floor;
    private ulong _state;
    private int _position;

    /// <summary>Opens a payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="floor">Smallest seed of its check mode.</param>
    public Rans64Reader(ReadOnlySpan<byte> payload, ulong floor)
    {
        _payload = payload;
        _floor = floor;
        if (!Rans64Payload.TryReadHead(payload, out _state, out _position))
        {
            Status = CodingStatus.InvalidHead;
        }
        else if (_state < floor)
        {
            Status = CodingStatus.Truncated;
        }
    }

    /// <summary>What is known so far.</summary>
    public CodingStatus Status { get; private set; }

    /// <summary>One value; 0 after a fault.</summary>
    public short Next(TableSet set, int table)
    {
        if (Status != CodingStatus.Ok)
        {
            return 0;
        }

        ref readonly TableSet.Table info = ref set.Tables[table];
        int symbol = set.DecodeStep(table, info.First, ref _state);
        Refill();
        return symbol == info.Escape ? NextExcess(info) : (short)(info.Offset + symbol);
    }

    /// <summary>The value behind an escape symbol; 0 after a fault.</summary>
    public short NextExcess(in TableSet.Table info)
    {
        int length = (int)Raw(EscapeCode.LengthBits);
        if (Status != CodingStatus.Ok)
        {
            return 0;
        }

        if (length is 0 or > EscapeCode.MaxLength)
        {
            Status = CodingStatus.LimitExceeded;
            return 0;
        }

        uint excess = (1u << (length - 1)) - 1 + (length > 1 ? Raw(length - 1) : 0);
        int value = info.Offset + EscapeCode.Unfold(excess, info.Escape);
        if (Status == CodingStatus.Ok && value is < -Rans64.MaxMagnitude or > Rans64.MaxMagnitude)
        {
            Status = CodingStatus.LimitExceeded;
        }

        return Status == CodingStatus.Ok ? (short)value : (short)0;
    }

    /// <summary>The verdict: all words read, and the state is the seed.</summary>
    public readonly CodingStatus Finish(ulong seed)
    {
        if (Status != CodingStatus.Ok)
        {
            return Status;
        }

        if (_position < _payload.Length)
        {
            return CodingStatus.TrailingData;
        }

        return _state == seed ? CodingStatus.Ok : CodingStatus.CheckFailed;
    }

    private uint Raw(int bits)
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
        if (_state < Rans64.LowerBound && !Rans64.TryRefill(ref _state, _payload, ref _position, _floor))
        {
            Status = CodingStatus.Truncated;
        }
    }
}
