using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The decoding half of <see cref="Rc32"/>. A mutable struct: keep it in a field.</summary>
internal struct RangeReader
{
    private readonly ReadOnlyMemory<byte> _payload;

    // Code minus low: below _range at all times.
    private uint _offset;
    private uint _range;

    // Bytes taken, those supplied behind the end included.
    private long _position;

    public RangeReader(ReadOnlyMemory<byte> payload)
    {
        _payload = payload;
        _range = Rc32.InitialRange;
        for (int i = 0; i < Rc32.WindowBytes; i++)
        {
            _offset = _offset << 8 | TakeByte();
        }

        IsPossible = _offset < _range;
    }

    /// <summary>False if no encoder writes these first bytes; nothing must be decoded then.</summary>
    public bool IsPossible { get; }

    /// <summary>True if bytes are left, or if the last one is a zero byte, which no encoder writes.</summary>
    public readonly bool HasTrailingData => _position < _payload.Length || (!_payload.IsEmpty && _payload.Span[^1] == 0);

    /// <summary>True if the payload ends as an encoder ends it after these steps.</summary>
    public readonly bool HasEncodersEnding
    {
        get
        {
            ReadOnlySpan<byte> payload = _payload.Span;
            uint window = 0;
            for (long i = _position - Rc32.WindowBytes; i < _position; i++)
            {
                window = window << 8 | (i < payload.Length ? payload[(int)i] : 0u);
            }

            uint low = window - _offset;
            return Rc32.Ending(low, _range) - low == _offset;
        }
    }

    /// <summary>The slot, below 2^<paramref name="precision"/>, of the next symbol. <see cref="Take"/> must follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Peek(int precision) => Math.Min(_offset / (_range >> precision), (1u << precision) - 1);

    /// <summary>Removes the symbol that owns the slot.</summary>
    public void Take(uint start, uint frequency, int precision)
    {
        uint unit = _range >> precision;
        uint below = unit * start;
        _offset -= below;
        _range = start + frequency == 1u << precision ? _range - below : unit * frequency;
        while (_range < Rc32.Bottom)
        {
            Refill();
        }
    }

    /// <summary>Decodes a bit whose probability of being 0 is <paramref name="p"/> / 4096, 16..4080.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(int p)
    {
        uint bound = (_range >> Rc32.BitPrecision) * (uint)p;
        int bit;
        if (_offset < bound)
        {
            _range = bound;
            bit = 0;
        }
        else
        {
            _offset -= bound;
            _range -= bound;
            bit = 1;
        }

        if (_range < Rc32.Bottom)
        {
            Refill();
        }

        return bit;
    }

    /// <summary>From here on every slot is 0 and so is every bit.</summary>
    public void Stop()
    {
        _offset = 0;
        _position = Math.Max(_position, _payload.Length);
    }

    private void Refill()
    {
        _range <<= 8;
        _offset = _offset << 8 | TakeByte();
    }

    private uint TakeByte()
    {
        long at = _position++;
        return at < _payload.Length ? _payload.Span[(int)at] : 0u;
    }
}
