using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.IndexMaps;

namespace Codecs.Fuzz.Targets;

/// <summary>One payload of an index map, fixed or adaptive.</summary>
/// <remarks>Bytes: 0 check mode or fixed (modulo 4), 1 rows - 1 (modulo 32), 2 columns - 1 (modulo 32), 3 bits - 1 (modulo 16), the rest is the payload.</remarks>
internal sealed class IndexMapTarget : FuzzTarget
{
    private const int HeaderBytes = 4, MaxSide = 32, Fixed = 3;
    private readonly MapCoder _coder = new();

    internal override string Name => "index-map";

    internal override string Description => "a picture's codebook indices behind four bytes that choose coder, rows, columns and bits";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int pattern = 0; pattern < 16; pattern++)
        {
            byte[] header = [(byte)pattern, (byte)(pattern * 3), (byte)(pattern * 5), (byte)(pattern * 7)];
            (int rows, int columns, int bits) = SizeOf(header);
            ushort[] values = new ushort[rows * columns];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (ushort)(i % 3 == 0 && i > 0 ? values[i - 1] : (i * 397) & ((1 << bits) - 1));
            }

            yield return [.. header, .. Encode(new IndexMap(rows, columns, bits, values), pattern % (Fixed + 1))];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        if (input.Length < HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        (int rows, int columns, int bits) = SizeOf(input.Span);
        int mode = input.Span[0] % (Fixed + 1);
        IndexMap map = Decode(input[HeaderBytes..], rows, columns, bits, mode), again = Decode(Encode(map, mode), rows, columns, bits, mode);
        Require(again.Values.SequenceEqual(map.Values), "indices changed on the way through the coder");
    }

    private static (int Rows, int Columns, int Bits) SizeOf(ReadOnlySpan<byte> header) =>
        (1 + (header[1] % MaxSide), 1 + (header[2] % MaxSide), 1 + (header[3] % IndexMap.MaxBits));

    private IndexMap Decode(ReadOnlyMemory<byte> payload, int rows, int columns, int bits, int mode) => mode == Fixed
        ? MapCoding.DecodeFixed(payload.Span, HeaderBytes, rows, columns, bits)
        : MapCoding.Decode(_coder, payload, HeaderBytes, rows, columns, bits, [], (CheckMode)mode);

    private byte[] Encode(IndexMap map, int mode)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _ = mode == Fixed ? MapCoding.EncodeFixed(map, bytes) : MapCoding.Encode(_coder, map, [], (CheckMode)mode, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
