using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>Packed indices in the <c>entropy</c> table.</summary>
internal sealed class PackedCase : EntropyCase
{
    private const int Count = 1_000_000;

    private readonly int _bits;
    private readonly ArrayBufferWriter<byte> _payload = new(4 * Count);
    private readonly int[] _indices = new int[Count];
    private readonly int[] _decoded = new int[Count];
    private CodingStatus _status;

    internal PackedCase(int bits)
    {
        _bits = bits;
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
        {
            _indices[i] = random.Next(1 << bits);
        }
    }

    internal override string Coder => "packed";

    internal override string Source => $"indices of {_bits} bits";

    internal override int Symbols => Count;

    internal override double IdealBits => (double)_bits * Count;

    internal static IEnumerable<EntropyCase> All() => [new PackedCase(10), new PackedCase(14)];

    internal override int Encode()
    {
        _payload.ResetWrittenCount();
        return PackedIndices.Pack(_indices, _bits, _payload);
    }

    internal override void Decode() => _status = PackedIndices.Unpack(_payload.WrittenSpan, _bits, 1 << _bits, _decoded);

    internal override bool CameBack() => _status == CodingStatus.Ok && _decoded.AsSpan().SequenceEqual(_indices);
}
