using Codecs.EntropyCoding;
using Codecs.Formats.Container;

namespace Codecs.Images.Packets;

/// <summary>What arrived of a picture: its indices, and which sites have none.</summary>
internal sealed class PacketAssembly
{
    private PacketAssembly(PacketShape shape, int expected, int received, int restored, ushort[] values, bool[] lost) =>
        (Shape, Expected, Received, Restored, Values, Lost) = (shape, expected, received, restored, values, lost);

    /// <summary>The picture's shape.</summary>
    internal PacketShape Shape { get; }

    /// <summary>Data packets that were sent.</summary>
    internal int Expected { get; }

    /// <summary>Data packets that arrived.</summary>
    internal int Received { get; }

    /// <summary>Data packets that parity brought back.</summary>
    internal int Restored { get; }

    /// <summary>Indices [rows, columns], 0 where lost.</summary>
    internal ushort[] Values { get; }

    /// <summary>Sites without an index, [rows, columns].</summary>
    internal bool[] Lost { get; }

    /// <summary>Puts packets together.</summary>
    /// <param name="packets">In any order; repeated ones do no harm. Those of the picture with the most packets are used.</param>
    /// <param name="maxPixels">Largest picture that is accepted.</param>
    /// <exception cref="InvalidBitstreamException">There is no packet, or none with indices.</exception>
    /// <exception cref="LimitExceededException">The picture is larger than allowed.</exception>
    internal static PacketAssembly Of(IReadOnlyCollection<IndexPacket> packets, long maxPixels)
    {
        IGrouping<(PacketShape Shape, byte Picture, int Count, int Parity), IndexPacket> picture = packets
            .GroupBy(p => (p.Shape, p.Picture, p.Count, p.Parity)).OrderByDescending(g => g.Select(p => p.Number).Distinct().Count()).FirstOrDefault()
            ?? throw new InvalidBitstreamException("No packet is left: all are lost or damaged, or they were made with other weights", 0);
        (PacketShape shape, byte _, int count, int parity) = picture.Key;
        if ((long)shape.Width * shape.Height > maxPixels)
        {
            throw new LimitExceededException($"The packets are those of a picture of {shape.Width}x{shape.Height} pixels; the limits in force allow {maxPixels} pixels.");
        }

        var interleaver = new PacketInterleaver(count);
        int[] lengths = Array.ConvertAll(interleaver.Sizes(shape.Rows, shape.Columns), n => (int)PackedIndices.ByteCount(n, shape.Bits));
        byte[]?[] payloads = new byte[]?[count];
        var parities = new Dictionary<int, ReadOnlyMemory<byte>>();
        foreach (IndexPacket packet in picture)
        {
            if (packet.IsParity)
            {
                parities[packet.Number - count] = packet.Payload;
            }
            else if (packet.Payload.Length == lengths[packet.Number])
            {
                payloads[packet.Number] = packet.Payload.ToArray();
            }
        }

        int received = payloads.Count(p => p is not null);
        int restored = parities.Count(p => PacketParity.Restore(payloads, lengths, p.Key, parity, p.Value.Span));
        ushort[] values = new ushort[shape.Sites];
        bool[] lost = new bool[shape.Sites];
        for (int p = 0; p < count; p++)
        {
            int[] sites = [.. interleaver.SitesOf(p, shape.Rows, shape.Columns)];
            int[] indices = new int[sites.Length];
            bool good = payloads[p] is { } payload && PackedIndices.Unpack(payload, shape.Bits, 1 << shape.Bits, indices) == CodingStatus.Ok;
            for (int i = 0; i < sites.Length; i++)
            {
                (values[sites[i]], lost[sites[i]]) = ((ushort)(good ? indices[i] : 0), !good);
            }
        }

        return lost.Contains(false)
            ? new PacketAssembly(shape, count, received, restored, values, lost)
            : throw new InvalidBitstreamException("No packet with indices is left, only parity", 0);
    }
}
