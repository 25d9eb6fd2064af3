using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Images.Packets;
using CsCheck;

namespace Codecs.Images.Tests.Packets;

public sealed class PacketAssemblyTests
{
    [Fact]
    public void AnySubsetGivesExactlyTheSitesOfItsPackets()
    {
        Gen.Select(MadeUpPackets.Any, Gen.Int).Sample(
            (made, seed) =>
            {
                var random = new Random(seed);
                int[] kept = [.. Enumerable.Range(0, made.Count).Where(_ => random.Next(3) > 0).DefaultIfEmpty(random.Next(made.Count)).OrderBy(_ => random.Next())];

                PacketAssembly assembly = MadeUpPackets.Assemble(kept.Select(p => made.Packets[p]));

                made.Check(assembly, kept);
                Assert.Equal((made.Count, kept.Length, 0), (assembly.Expected, assembly.Received, assembly.Restored));
            },
            iter: 200);
    }

    [Fact]
    public void ParityRestoresOnePacketOfEachGroup()
    {
        Gen.Select(MadeUpPackets.Any.Where(m => m.Packets.Count > m.Count), Gen.Int).Sample(
            (made, seed) =>
            {
                var random = new Random(seed);
                int groups = made.Packets.Count - made.Count;
                int[] lost = [.. Enumerable.Range(0, groups).Select(g => g + (groups * random.Next((made.Count - g + groups - 1) / groups)))];

                PacketAssembly assembly = MadeUpPackets.Assemble(made.Packets.Where((_, p) => !lost.Contains(p)));

                made.Check(assembly, Enumerable.Range(0, made.Count));
                Assert.Equal((made.Count - groups, groups), (assembly.Received, assembly.Restored));
            },
            iter: 200);
    }

    [Fact]
    public void TwoLossesOfAGroupStayLost()
    {
        MadeUpPackets made = MadeUpPackets.Create(768, 512, 10, new PacketOptions { Protection = 0.25 });

        PacketAssembly assembly = MadeUpPackets.Assemble(made.Packets.Where((_, p) => p is not (1 or 4 or 2)));

        made.Check(assembly, Enumerable.Range(0, made.Count).Except([1, 4])); // of 3 groups, 1 and 4 are in one
        Assert.Equal((8, 1), (assembly.Received, assembly.Restored));
    }

    [Fact]
    public void ParityForEachPacketIsEnoughAlone()
    {
        MadeUpPackets made = MadeUpPackets.Create(300, 200, 12, new PacketOptions { MaxBytes = 64, Protection = 1 });

        PacketAssembly assembly = MadeUpPackets.Assemble(made.Packets.Skip(made.Count));

        made.Check(assembly, Enumerable.Range(0, made.Count));
        Assert.Equal((0, made.Count), (assembly.Received, assembly.Restored));
    }

    [Fact]
    public void OfTwoPicturesTheOneWithMorePacketsIsTaken()
    {
        MadeUpPackets one = MadeUpPackets.Create(768, 512, 10, new PacketOptions(), seed: 1), two = MadeUpPackets.Create(768, 512, 10, new PacketOptions { Picture = 1 }, seed: 2);

        two.Check(MadeUpPackets.Assemble([.. one.Packets.Take(5), .. two.Packets.Take(6)]), Enumerable.Range(0, 6));
        one.Check(MadeUpPackets.Assemble([.. one.Packets.Take(5), .. two.Packets.Take(4)]), Enumerable.Range(0, 5));

        // Many copies of few packets are few packets.
        one.Check(MadeUpPackets.Assemble([.. one.Packets.Take(5), .. Enumerable.Repeat(two.Packets[0], 9)]), Enumerable.Range(0, 5));
    }

    [Fact]
    public void RepeatedPacketsAndAnyOrderDoNoHarm()
    {
        MadeUpPackets made = MadeUpPackets.Create(300, 200, 9, new PacketOptions { MaxBytes = 64, Protection = 0.25 });

        PacketAssembly assembly = MadeUpPackets.Assemble([.. made.Packets.Skip(1).Reverse(), .. made.Packets.Skip(1)]);

        made.Check(assembly, Enumerable.Range(0, made.Count));
        Assert.Equal((made.Count - 1, 1), (assembly.Received, assembly.Restored));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void PacketsOfAWrongLengthAreLeftOut(int change)
    {
        MadeUpPackets made = MadeUpPackets.Create(300, 200, 9, new PacketOptions { MaxBytes = 64 });
        IndexPacket first = MadeUpPackets.Read(made.Packets)[0];
        byte[] wrong = Forge(first, [.. first.Payload.ToArray(), 0], first.Payload.Length + change);

        made.Check(MadeUpPackets.Assemble([wrong, .. made.Packets.Skip(1)]), Enumerable.Range(1, made.Count - 1));
    }

    [Fact]
    public void ParityThatIsTooShortRestoresNothing()
    {
        MadeUpPackets made = MadeUpPackets.Create(300, 200, 9, new PacketOptions { MaxBytes = 64, Protection = 0.01 });
        IndexPacket parity = MadeUpPackets.Read(made.Packets)[^1];
        Assert.True(parity.IsParity);

        PacketAssembly assembly = MadeUpPackets.Assemble([.. made.Packets.Skip(1).SkipLast(1), Forge(parity, parity.Payload.ToArray(), 3)]);

        made.Check(assembly, Enumerable.Range(1, made.Count - 1));
        Assert.Equal(0, assembly.Restored);
    }

    [Fact]
    public void BitsBehindTheLastIndexMakeAPacketWorthless()
    {
        // One site of 9 bits leaves 7 bits of the second byte.
        var payload = new ArrayBufferWriter<byte>();
        PackedIndices.Pack([300], 9, payload);
        byte[] bytes = payload.WrittenSpan.ToArray();
        byte[] good = IndexPacket.Write(new PacketShape(16, 16, 9), 0, 0, 1, 0, bytes, MadeUpPackets.Weights);
        bytes[1] |= 0x80;
        byte[] bad = IndexPacket.Write(new PacketShape(16, 16, 9), 0, 0, 1, 0, bytes, MadeUpPackets.Weights);

        Assert.Equal([300], MadeUpPackets.Assemble([good]).Values);
        Assert.Throws<InvalidBitstreamException>(() => MadeUpPackets.Assemble([bad]));
    }

    [Fact]
    public void HostileShapesAreRefusedBeforeAnythingIsAllocated()
    {
        byte[] packet = IndexPacket.Write(new PacketShape(PacketShape.MaxSide, PacketShape.MaxSide, 16), 0, 0, IndexPacket.MaxCount, 255, [1], MadeUpPackets.Weights);

        Assert.Contains("16384", Assert.Throws<LimitExceededException>(() => MadeUpPackets.Assemble([packet])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MorePacketsThanSitesAreNoTrouble()
    {
        // Packet 0 has the only site; the rest of the 4096, and 255 groups of parity, have none.
        byte[] Packet(int number) => IndexPacket.Write(new PacketShape(16, 16, 8), 0, number, IndexPacket.MaxCount, 255, [7], MadeUpPackets.Weights);

        Assert.Equal([7], MadeUpPackets.Assemble([Packet(0), Packet(4), Packet(IndexPacket.MaxCount)]).Values);
        Assert.Throws<InvalidBitstreamException>(() => MadeUpPackets.Assemble([Packet(4)]));
    }

    [Fact]
    public void NothingIsAnErrorThatNamesBothReasons()
    {
        string message = Assert.Throws<InvalidBitstreamException>(() => PacketAssembly.Of([], MadeUpPackets.MaxPixels)).Message;

        Assert.Contains("damaged", message, StringComparison.Ordinal);
        Assert.Contains("other weights", message, StringComparison.Ordinal);
    }

    private static byte[] Forge(IndexPacket packet, ReadOnlySpan<byte> payload, int length) =>
        IndexPacket.Write(packet.Shape, packet.Picture, packet.Number, packet.Count, packet.Parity, payload[..length], MadeUpPackets.Weights);
}
