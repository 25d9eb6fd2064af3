using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.IndexMaps;

namespace Codecs.Images.Packets;

/// <summary>An index map as packets that can be read without one another.</summary>
internal static class PacketWriting
{
    /// <summary>Makes the packets, parity behind the data.</summary>
    /// <param name="map">The indices.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="options">Sizes and protection.</param>
    /// <param name="weights">Fingerprint of the weights that make a picture of the indices.</param>
    /// <exception cref="ArgumentException">The picture is too large for packets, or for packets so small.</exception>
    internal static List<ReadOnlyMemory<byte>> Write(IndexMap map, int width, int height, PacketOptions options, Fingerprint weights)
    {
        if (Math.Max(width, height) > PacketShape.MaxSide)
        {
            throw new ArgumentException($"A picture in packets has sides up to {PacketShape.MaxSide} pixels; this one is {width}x{height}.", nameof(width));
        }

        var shape = new PacketShape(width, height, map.Bits);
        PacketInterleaver interleaver = Interleave(map, options.MaxBytes - IndexPacket.HeaderBytes, out int count);
        byte[][] payloads = [.. Enumerable.Range(0, count).Select(p => Payload(map, interleaver.SitesOf(p, map.Rows, map.Columns)))];
        int parity = Math.Min(IndexPacket.MaxParity, (int)Math.Ceiling(count * options.Protection));
        IEnumerable<byte[]> parities = Enumerable.Range(0, parity).Select(group => PacketParity.Of(payloads, group, parity));
        return [.. payloads.Concat(parities).Select((payload, number) => IndexPacket.Write(shape, options.Picture, number, count, parity, payload, weights))];
    }

    // The fewest packets that hold all indices; a picture smaller than its packets has packets without sites, which are left out by making fewer.
    private static PacketInterleaver Interleave(IndexMap map, int payloadBytes, out int count)
    {
        long all = PackedIndices.ByteCount(map.Values.Length, map.Bits);
        for (count = (int)Math.Max(1, (all + payloadBytes - 1) / payloadBytes); count <= IndexPacket.MaxCount; count++)
        {
            var interleaver = new PacketInterleaver(count);
            int[] sizes = interleaver.Sizes(map.Rows, map.Columns);
            if (PackedIndices.ByteCount(sizes.Max(), map.Bits) <= payloadBytes && sizes.Min() > 0)
            {
                return interleaver;
            }
        }

        throw new ArgumentException(
            $"{map.Rows} x {map.Columns} indices of {map.Bits} bits do not fit {IndexPacket.MaxCount} packets of {payloadBytes + IndexPacket.HeaderBytes} bytes; allow larger packets.");
    }

    private static byte[] Payload(IndexMap map, IEnumerable<int> sites)
    {
        var payload = new ArrayBufferWriter<byte>();
        PackedIndices.Pack([.. sites.Select(s => (int)map.Values[s])], map.Bits, payload);
        return payload.WrittenSpan.ToArray();
    }
}
