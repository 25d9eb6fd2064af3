using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.IndexMaps;
using CsCheck;

namespace Codecs.Models.Tests.IndexMaps;

public sealed class MapCodingTests
{
    private static readonly byte[] s_context = [1, 2, 3];

    [Fact]
    public void FixedPayloadsComeBackAndHaveExactlyTheirSize() => MadeUpMaps.Any(IndexMap.MaxBits).Sample(map =>
    {
        var bytes = new ArrayBufferWriter<byte>();
        MapCoding.EncodeFixed(map, bytes);
        Assert.Equal(((map.Rows * map.Columns * map.Bits) + 7) / 8, bytes.WrittenCount);
        AssertEqual(map, MapCoding.DecodeFixed(bytes.WrittenSpan, 0, map.Rows, map.Columns, map.Bits));
    });

    [Fact]
    public void AWrongBitOfAFixedPayloadHarmsOneSite()
    {
        IndexMap map = MadeUpMaps.Create(5, 7, 11, seed: 1);
        var bytes = new ArrayBufferWriter<byte>();
        MapCoding.EncodeFixed(map, bytes);
        byte[] bad = bytes.WrittenSpan.ToArray();
        bad[20] ^= 8;
        IndexMap back = MapCoding.DecodeFixed(bad, 0, 5, 7, 11);
        Assert.Single(Enumerable.Range(0, 35), i => back.Values[i] != map.Values[i]);
        Assert.Throws<InvalidBitstreamException>(() => MapCoding.DecodeFixed(bad.AsSpan(1), 0, 5, 7, 11));
        Assert.Throws<InvalidBitstreamException>(() => MapCoding.DecodeFixed((byte[])[.. bad, 0], 0, 5, 7, 11));
        bad[^1] |= 0x80;
        Assert.Throws<InvalidBitstreamException>(() => MapCoding.DecodeFixed(bad, 0, 5, 7, 11));
    }

    [Fact]
    public void AdaptivePayloadsComeBack() => Gen.Select(MadeUpMaps.Any(IndexMap.MaxBits), Gen.Enum<CheckMode>()).Sample((map, check) =>
    {
        var coder = new MapCoder();
        AssertEqual(map, MapCoding.Decode(coder, Encode(coder, map, check), 0, map.Rows, map.Columns, map.Bits, s_context, check));
    }, iter: 60);

    [Theory]
    [InlineData(1, "4D41CE12")]
    [InlineData(5, "00FF2F3E0E26B3")]
    [InlineData(12, "0095B7E9B3A08763F2F6BAD3153B9815B70C")]
    [InlineData(14, "009A2EAE14641C07B90493C7F264A27BEA30CEB9CB")]
    public void AdaptivePayloadsAreGolden(int bits, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(Encode(new MapCoder(), MadeUpMaps.Create(3, 4, 14, seed: 9).Truncate(bits), CheckMode.Check16)));

    [Fact]
    public void ACoderForgetsBetweenMaps()
    {
        IndexMap map = MadeUpMaps.Create(9, 9, 8, seed: 3);
        var coder = new MapCoder();
        byte[] first = Encode(coder, map, CheckMode.Check31);
        Encode(coder, MadeUpMaps.Create(12, 20, 11, seed: 4), CheckMode.Check31);
        Assert.Equal(first, Encode(coder, map, CheckMode.Check31));
    }

    [Fact]
    public void TheCostIsWhatThePayloadTakes()
    {
        var coder = new MapCoder();
        for (int bits = 4; bits <= IndexMap.MaxBits; bits += 3)
        {
            IndexMap map = MadeUpMaps.Create(20, 30, bits, seed: bits);
            double bytes = coder.Cost(map) / 8;
            Assert.InRange(Encode(coder, map, CheckMode.None).Length, bytes - 1, (bytes * 1.001) + 2);
        }
    }

    [Fact]
    public void IndicesThatFollowTheirNeighboursTakeLessThanTheirBits() =>
        Assert.InRange(new MapCoder().Cost(MadeUpMaps.Create(20, 30, bits: 4, seed: 4)), 0, 20 * 30 * 4 * 0.9);

    [Fact]
    public void DamageIsFound()
    {
        var coder = new MapCoder();
        IndexMap map = MadeUpMaps.Create(6, 7, 10, seed: 6);
        byte[] good = Encode(coder, map, CheckMode.Check31);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<InvalidBitstreamException>(() => MapCoding.Decode(coder, bad, 0, 6, 7, 10, s_context, CheckMode.Check31));
            Assert.Throws<InvalidBitstreamException>(() => MapCoding.Decode(coder, good.AsMemory(0, i), 0, 6, 7, 10, s_context, CheckMode.Check31));
        }

        Assert.Throws<InvalidBitstreamException>(() => MapCoding.Decode(coder, good, 0, 6, 7, 10, [1, 2], CheckMode.Check31));
        Assert.Throws<InvalidBitstreamException>(() => MapCoding.Decode(coder, good, 0, 7, 6, 10, s_context, CheckMode.Check31));
        Assert.Throws<InvalidBitstreamException>(() => MapCoding.Decode(coder, good, 0, 6, 7, 9, s_context, CheckMode.Check31));
    }

    [Fact]
    public void AnyBytesGiveAMapOrOurError() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[1, IndexMap.MaxBits]).Sample((bytes, bits) =>
    {
        try
        {
            Assert.Equal(bits, MapCoding.Decode(new MapCoder(), bytes, 0, 9, 5, bits, [], CheckMode.None).Bits);
        }
        catch (InvalidBitstreamException)
        {
            // As it should be.
        }
    }, iter: 60);

    [Fact]
    public void ImpossibleMapsAreRefusedBeforeAnythingIsAllocated()
    {
        var coder = new MapCoder();
        foreach ((int rows, int columns, int bits) in (ReadOnlySpan<(int, int, int)>)[(0, 1, 8), (1, -1, 8), (1 << 16, 1 << 15, 8), (2, 2, 17)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => MapCoding.Decode(coder, new byte[9], 0, rows, columns, bits, [], CheckMode.None));
            Assert.Throws<ArgumentOutOfRangeException>(() => MapCoding.DecodeFixed(new byte[9], 0, rows, columns, bits));
        }
    }

    [Fact]
    public void ProgressHearsOfEveryRowAndCanStop()
    {
        var coder = new MapCoder();
        IndexMap map = MadeUpMaps.Create(6, 7, 10, seed: 6);
        var rows = new List<int>();
        MapCoding.Encode(coder, map, [], CheckMode.None, new ArrayBufferWriter<byte>(), rows.Add);
        Assert.Equal(Enumerable.Range(1, 6), rows);
        Assert.Throws<OperationCanceledException>(() => MapCoding.Decode(
            coder, new byte[20], 0, 6, 7, 10, [], CheckMode.None, row => throw new OperationCanceledException()));
    }

    internal static void AssertEqual(IndexMap expected, IndexMap actual)
    {
        Assert.Equal((expected.Rows, expected.Columns, expected.Bits), (actual.Rows, actual.Columns, actual.Bits));
        Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());
    }

    private static byte[] Encode(MapCoder coder, IndexMap map, CheckMode check)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Assert.Equal(MapCoding.Encode(coder, map, s_context, check, bytes), bytes.WrittenCount);
        return bytes.WrittenSpan.ToArray();
    }
}
