using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container.Packets;

/// <summary>Packets that nobody could decode but everybody can read.</summary>
internal static class SamplePackets
{
    internal static Fingerprint Weights => Fingerprint.Of("weights"u8);

    internal static Gen<PacketShape> Shapes => Gen.Select(
        Gen.Int[1, PacketShape.MaxSide], Gen.Int[1, PacketShape.MaxSide], Gen.Int[1, PacketShape.MaxBits], (width, height, bits) => new PacketShape(width, height, bits));

    /// <summary>A packet whose payload is made of its number.</summary>
    internal static byte[] Write(int number, int count = 5, int parity = 2, int bytes = 40) => IndexPacket.Write(
        new PacketShape(100, 60, 10), picture: 3, number, count, parity, [.. Enumerable.Range(0, bytes).Select(i => (byte)((i * 37) + number))], Weights);

    /// <summary>A file of packets 0, 1, ....</summary>
    internal static byte[] File(int packets) => PacketFile.Write(Enumerable.Range(0, packets).Select(n => (ReadOnlyMemory<byte>)Write(n, packets)));
}
