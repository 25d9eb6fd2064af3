using System.Buffers;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The encoding half of <see cref="Rc32"/>: interval, carries, and the bytes on their way out. A mutable struct: keep it in a field.</summary>
internal struct RangeWriter
{
    private const int BufferBytes = 256;

    private readonly byte[] _buffer;
    private IBufferWriter<byte> _destination;
    private ulong _low;
    private uint _range;

    // Bytes that a carry could still change: _first, then _held - 1 times 0xFF.
    private byte _first;
    private long _held;

    // Final zero bytes behind those in the buffer; they are written only when something else follows.
    private long _zeros;
    private long _written;
    private int _count;

    public RangeWriter(IBufferWriter<byte> destination)
    {
        _buffer = new byte[BufferBytes];
        _destination = destination;
        Reset();
    }

    /// <summary>Where final bytes go; what is still in the buffer belongs to the old destination.</summary>
    public IBufferWriter<byte> Destination
    {
        readonly get => _destination;
        set => _destination = value;
    }

    /// <summary>True until the first step of a payload.</summary>
    public readonly bool IsFresh => _range == Rc32.InitialRange;

    /// <summary>Encodes a symbol.</summary>
    public void Step(uint start, uint frequency, int precision)
    {
        uint unit = _range >> precision;
        uint below = unit * start;
        _low += below;
        _range = start + frequency == 1u << precision ? _range - below : unit * frequency;
        while (_range < Rc32.Bottom)
        {
            _range <<= 8;
            ShiftLow();
        }
    }

    /// <summary>Encodes a bit whose probability of being 0 is <paramref name="p"/> / 4096, 16..4080.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Bit(int p, int bit)
    {
        uint bound = (_range >> Rc32.BitPrecision) * (uint)p;
        uint one = (uint)-bit;
        _low += bound & one;
        _range = bit == 0 ? bound : _range - bound;
        if (_range < Rc32.Bottom)
        {
            _range <<= 8;
            ShiftLow();
        }
    }

    /// <summary>Hands the final bytes collected so far to the destination.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            _destination.Write(_buffer.AsSpan(0, _count));
            _count = 0;
        }
    }

    /// <summary>Writes the ending and makes the writer ready for the next payload.</summary>
    /// <returns>Bytes of the whole payload.</returns>
    public long End()
    {
        _low = Rc32.Ending(_low, _range);

        // Four shifts bring the window out and the fifth releases the held bytes. Zero bytes at the end are counted, never stored.
        for (int i = 0; i <= Rc32.WindowBytes; i++)
        {
            ShiftLow();
        }

        Flush();
        long written = _written;
        Reset();
        return written;
    }

    private void Reset()
    {
        _low = 0;
        _range = Rc32.InitialRange;
        (_held, _zeros, _written, _count) = (0, 0, 0, 0);

        // With nothing held, a leading run of 0xFF needs no case of its own.
        _first = 0xFF;
    }

    private void ShiftLow()
    {
        uint carry = (uint)(_low >> 32);
        uint window = (uint)_low;
        if (window < 0xFF000000 || carry != 0)
        {
            if (_held > 0)
            {
                Put((byte)(_first + carry));
                for (; _held > 1; _held--)
                {
                    Put((byte)(0xFF + carry));
                }
            }

            _first = (byte)(window >> 24);
            _held = 1;
        }
        else
        {
            _held++;
        }

        _low = (ulong)window << 8 & uint.MaxValue;
    }

    private void Put(byte value)
    {
        if (value == 0)
        {
            _zeros++;
            return;
        }

        for (; _zeros > 0; _zeros--)
        {
            Store(0);
        }

        Store(value);
    }

    private void Store(byte value)
    {
        if (_count == BufferBytes)
        {
            Flush();
        }

        _buffer[_count++] = value;
        _written++;
    }
}
