using Codecs.Formats.Container;
using Codecs.Images.Packets;
using Codecs.Models.IndexMaps;
using CsCheck;

namespace Codecs.Images.Tests.Packets;

/// <summary>A map of random indices and its packets.</summary>
/// <param name="Map">The map.</param>
/// <param name="Shape">The picture's shape.</param>
/// <param name="Packets">The packets, parity behind the data.</param>
internal sealed record MadeUpPackets(IndexMap Map, PacketShape Shape, IReadOnlyList<ReadOnlyMemory<byte>> Packets)
{
    internal const long MaxPixels = 1 << 20;

    internal static Fingerprint Weights => Fingerprint.Of("weights"u8);

    /// <summary>Pictures of all shapes, packets of all sizes, with and without parity.</summary>
    internal static Gen<MadeUpPackets> Any { get; } =
        from width in Gen.Int[1, 500]
        from height in Gen.Int[1, 500]
        from bits in Gen.Int[1, 14]
        from bytes in Gen.Int[PacketOptions.FewestBytes, 120]
        from protection in Gen.Int[0, 4].Select(quarters => quarters switch { 3 => 0.1, _ => quarters / 4.0 })
        from seed in Gen.Int
        select Create(width, height, bits, new PacketOptions { MaxBytes = bytes, Protection = protection }, seed);

    /// <summary>Number of data packets.</summary>
    internal int Count => Read(Packets)[0].Count;

    internal static MadeUpPackets Create(int width, int height, int bits, PacketOptions options, int seed = 1)
    {
        var shape = new PacketShape(width, height, bits);
        var random = new Random(seed);
        var map = new IndexMap(shape.Rows, shape.Columns, bits, [.. Enumerable.Range(0, shape.Sites).Select(_ => (ushort)random.Next(1 << bits))]);
        return new MadeUpPackets(map, shape, PacketWriting.Write(map, width, height, options, Weights));
    }

    internal static IndexPacket[] Read(IEnumerable<ReadOnlyMemory<byte>> packets) => [.. packets.Select(bytes =>
    {
        Assert.True(IndexPacket.TryRead(bytes, Weights, out IndexPacket? packet));
        return packet;
    })];

    internal static PacketAssembly Assemble(IEnumerable<ReadOnlyMemory<byte>> packets) => PacketAssembly.Of(Read(packets), MaxPixels);

    /// <summary>Fails unless the sites of these data packets are received with the right indices, and no other.</summary>
    internal void Check(PacketAssembly assembly, IEnumerable<int> packets)
    {
        var interleaver = new PacketInterleaver(Count);
        var sites = packets.SelectMany(p => interleaver.SitesOf(p, Shape.Rows, Shape.Columns)).ToHashSet();
        for (int site = 0; site < Shape.Sites; site++)
        {
            Assert.Equal((!sites.Contains(site), sites.Contains(site) ? Map.Values[site] : 0), (assembly.Lost[site], assembly.Values[site]));
        }
    }
}
