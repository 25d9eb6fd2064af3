using Codecs.Formats.Container;
using Codecs.Images.Packets;
using Codecs.Models.IndexMaps;
using CsCheck;

namespace Codecs.Images.Tests.Packets;

public sealed class PacketWritingTests
{
    [Fact]
    public void PacketsAreNumberedCompleteAndNeverLargerThanAllowed()
    {
        MadeUpPackets.Any.Sample(
            made =>
            {
                IndexPacket[] packets = MadeUpPackets.Read(made.Packets);
                int count = packets[0].Count, parity = packets[0].Parity;

                Assert.Equal(Enumerable.Range(0, count + parity), packets.Select(p => p.Number));
                Assert.All(packets, p => Assert.Equal((made.Shape, count, parity), (p.Shape, p.Count, p.Parity)));
            },
            iter: 200);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(1500)]
    public void SizesAreNeverAboveTheLimitAndNearlyEqual(int maxBytes)
    {
        int[] lengths = [.. MadeUpPackets.Create(768, 512, 10, new PacketOptions { MaxBytes = maxBytes, Protection = 0.2 }).Packets.Select(p => p.Length)];

        Assert.InRange(lengths.Max(), Math.Min(maxBytes, 1000) * 3 / 4, maxBytes);
        Assert.InRange(lengths.Min(), lengths.Max() * 0.7, lengths.Max());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 1)]
    [InlineData(0.25, 3)]
    [InlineData(1, 11)]
    public void ProtectionIsTheShareOfParityPackets(double protection, int parity)
    {
        MadeUpPackets made = MadeUpPackets.Create(768, 512, 10, new PacketOptions { Protection = protection });

        Assert.Equal((11, 11 + parity), (made.Count, made.Packets.Count));
    }

    [Fact]
    public void APictureOfOneSiteIsOnePacket()
    {
        MadeUpPackets made = MadeUpPackets.Create(1, 1, 12, new PacketOptions());

        Assert.Equal([IndexPacket.HeaderBytes + 2], made.Packets.Select(p => p.Length));
    }

    [Fact]
    public void TheExampleOfTheFormatIsWritten()
    {
        var map = new IndexMap(4, 7, 10, [.. Enumerable.Range(0, 28).Select(i => (ushort)(37 * i % 1024))]);

        List<ReadOnlyMemory<byte>> packets = PacketWriting.Write(map, 100, 60, new PacketOptions { MaxBytes = 32, Protection = 0.5, Picture = 3 }, Fingerprint.Of("abc"u8));

        Assert.Equal(
            [
                "9d060cc09403001000015e63002841893728c9c59b81506a4aaecb780b0f",
                "9d060cc094030110000158a725bc91cb404d5d16de8a75fe9af0d49d9f0f",
                "9c060cc0940300100001c5402594d042776594d3450b2594d05e1fe59400",
            ],
            packets.Select(p => Convert.ToHexStringLower(p.Span)));
    }

    [Fact]
    public void NumberAndFingerprintAreThoseGiven()
    {
        ReadOnlyMemory<byte> packet = MadeUpPackets.Create(40, 40, 12, new PacketOptions { Picture = 77 }).Packets[0];

        Assert.True(IndexPacket.TryRead(packet, MadeUpPackets.Weights, out IndexPacket? read));
        Assert.Equal(77, read.Picture);
        Assert.False(IndexPacket.TryRead(packet, Fingerprint.Of("others"u8), out _));
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedWithAReason()
    {
        var map = new IndexMap(1, PacketShape.MaxSide / PacketShape.Cell + 1, 8, new ushort[PacketShape.MaxSide / PacketShape.Cell + 1]);
        Assert.Contains("16384", Assert.Throws<ArgumentException>(() => PacketWriting.Write(map, PacketShape.MaxSide + 1, 1, new(), MadeUpPackets.Weights)).Message, StringComparison.Ordinal);
        Assert.Contains("larger packets", Assert.Throws<ArgumentException>(() => MadeUpPackets.Create(8000, 8000, 14, new PacketOptions { MaxBytes = 32 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketOptions { MaxBytes = 31 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketOptions { MaxBytes = 1501 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketOptions { Protection = 1.01 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketOptions { Protection = double.NaN });
    }
}
