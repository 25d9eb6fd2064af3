using System.Buffers;

namespace Codecs.EntropyCoding.Interop;

/// <summary>Bits, most significant first, with some held back until the next bit decides them. On the stack only.</summary>
internal ref struct TorchacBitWriter(IBufferWriter<byte> destination)
{
    private const int BlockBytes = 4096;

    private Span<byte> _block = [];
    private int _used;
    private int _earlier;
    private uint _byte = 1;
    private long _pending;

    /// <summary>Makes one more bit wait: it will be the inverse of the next one added.</summary>
    public void Hold() => _pending++;

    /// <summary>Adds a bit and the inverse bits that waited for it.</summary>
    public void Add(uint bit)
    {
        Put(bit);
        for (; _pending > 0; _pending--)
        {
            Put(bit ^ 1);
        }
    }

    /// <summary>Fills the last byte with zero bits and hands everything over.</summary>
    /// <returns>Bytes written in all.</returns>
    public int End()
    {
        while (_byte != 1)
        {
            Put(0);
        }

        destination.Advance(_used);
        return checked(_earlier + _used);
    }

    private void Put(uint bit)
    {
        // A leading 1 marks how far the byte is filled.
        _byte = _byte << 1 | bit;
        if (_byte < 0x100)
        {
            return;
        }

        if (_used == _block.Length)
        {
            destination.Advance(_used);
            _earlier = checked(_earlier + _used);
            _block = destination.GetSpan(BlockBytes);
            _used = 0;
        }

        _block[_used++] = (byte)_byte;
        _byte = 1;
    }
}
