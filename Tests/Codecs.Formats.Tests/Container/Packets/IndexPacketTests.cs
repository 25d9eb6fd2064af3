using System.Buffers.Binary;
using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container.Packets;

public class IndexPacketTests
{
    private static readonly Gen<(int Count, int Parity, int Number)> s_numbers =
        from count in Gen.Int[1, IndexPacket.MaxCount]
        from parity in Gen.Int[0, IndexPacket.MaxParity]
        from number in Gen.Int[0, count + parity - 1]
        select (count, parity, number);

    [Fact]
    public void AnyPacketComesBack()
    {
        Gen.Select(SamplePackets.Shapes, s_numbers, Gen.Byte, Gen.Byte.Array[1, 300]).Sample(
            (shape, numbers, picture, payload) =>
            {
                byte[] bytes = IndexPacket.Write(shape, picture, numbers.Number, numbers.Count, numbers.Parity, payload, SamplePackets.Weights);

                Assert.Equal(IndexPacket.HeaderBytes + payload.Length, bytes.Length);
                Assert.True(IndexPacket.TryRead(bytes, SamplePackets.Weights, out IndexPacket? packet));
                Assert.Equal(
                    (shape, picture, numbers.Number, numbers.Count, numbers.Parity, numbers.Number >= numbers.Count),
                    (packet.Shape, packet.Picture, packet.Number, packet.Count, packet.Parity, packet.IsParity));
                Assert.Equal(payload, packet.Payload.ToArray());
            },
            iter: 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void EveryChangeOfAByteIsNoticed(int number)
    {
        byte[] packet = SamplePackets.Write(number, bytes: 200);
        for (int i = 0; i < packet.Length; i++)
        {
            for (int change = 1; change < 256; change++)
            {
                packet[i] ^= (byte)change;
                Assert.False(IndexPacket.TryRead(packet, SamplePackets.Weights, out _), $"byte {i} ^ {change:x2}");
                packet[i] ^= (byte)change;
            }
        }
    }

    [Fact]
    public void EveryTruncationIsNoticed()
    {
        byte[] packet = SamplePackets.Write(number: 1);

        Assert.All(Enumerable.Range(0, packet.Length), length => Assert.False(IndexPacket.TryRead(packet.AsMemory(0, length), SamplePackets.Weights, out _)));
    }

    [Fact]
    public void PacketsOfOtherWeightsAreNone() => Assert.False(IndexPacket.TryRead(SamplePackets.Write(number: 0), Fingerprint.Of("others"u8), out _));

    [Fact]
    public void NumbersThatCannotBeAreRefusedThoughTheirChecksumsAreRight()
    {
        Assert.True(IndexPacket.TryRead(Forge(IndexPacket.DataMagic, number: 4, count: 5, parity: 2), SamplePackets.Weights, out _));
        Assert.True(IndexPacket.TryRead(Forge(IndexPacket.ParityMagic, number: 1, count: 5, parity: 2), SamplePackets.Weights, out _));
        Assert.False(IndexPacket.TryRead(Forge(IndexPacket.DataMagic, number: 5, count: 5, parity: 2), SamplePackets.Weights, out _));
        Assert.False(IndexPacket.TryRead(Forge(IndexPacket.ParityMagic, number: 2, count: 5, parity: 2), SamplePackets.Weights, out _));
        Assert.False(IndexPacket.TryRead(Forge(IndexPacket.ParityMagic, number: 0, count: 5, parity: 0), SamplePackets.Weights, out _));
        Assert.False(IndexPacket.TryRead(Forge(magic: 0x9F, number: 0, count: 5, parity: 2), SamplePackets.Weights, out _));
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: 0, count: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: 0, count: IndexPacket.MaxCount + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: 0, parity: IndexPacket.MaxParity + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: 0, bytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePackets.Write(number: 0, bytes: PacketFile.MaxPacketBytes));
    }

    // The format as docs/bitstream.md, 10, gives it.
    private static byte[] Forge(byte magic, int number, int count, int parity)
    {
        byte[] packet = [magic, 0, 0, 0, 0, 0, (byte)number, (byte)((number >> 8) | ((count - 1) << 4)), (byte)((count - 1) >> 4), (byte)parity, 0, 0, 77];
        byte[] covered = [.. SamplePackets.Weights.ToArray(), .. packet[..10], 77];
        BinaryPrimitives.WriteUInt16LittleEndian(packet.AsSpan(10), Crc16.Compute(covered));
        return packet;
    }
}
