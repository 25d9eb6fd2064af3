using System.Buffers.Binary;
using Codecs.Formats.Container;
using Codecs.Images;
using Codecs.Images.Packets;
using Codecs.Models.IndexMaps;

namespace Codecs.Fuzz.Targets;

/// <summary>A file of packets: damaged ones are passed over, the others put together.</summary>
/// <remarks>Byte 0: bit i gives packet i a good checksum, so that a fuzzer comes past it; the rest is the file.</remarks>
internal sealed class PacketsTarget : FuzzTarget
{
    private const int MaxPixels = 1 << 20, Repaired = 8;

    private static readonly Fingerprint s_weights = Fingerprint.Of("fuzz"u8);

    internal override string Name => "packets";

    internal override string Description => "a file of packets behind a byte that says which of them get good checksums";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int pattern = 0; pattern < 8; pattern++)
        {
            var shape = new PacketShape(1 + (pattern * 67), 200 - (pattern * 13), 1 + (pattern * 2));
            var map = new IndexMap(shape.Rows, shape.Columns, shape.Bits, [.. Enumerable.Range(0, shape.Sites).Select(i => (ushort)((i * 397) & ((1 << shape.Bits) - 1)))]);
            var options = new PacketOptions { MaxBytes = 32 + (pattern * 5), Protection = pattern % 3 * 0.25, Picture = (byte)pattern };
            List<ReadOnlyMemory<byte>> packets = PacketWriting.Write(map, shape.Width, shape.Height, options, s_weights);
            yield return [0xFF, .. PacketFile.Write(packets.Where((_, p) => p == 0 || p % 4 != pattern))];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        if (input.IsEmpty)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        byte[] file = Repair(input);
        PacketFileContents contents = PacketFile.Read(file, s_weights);
        Require(
            PacketFile.SignatureBytes + contents.Packets.Sum(p => 2 + IndexPacket.HeaderBytes + p.Packet.Payload.Length) + contents.Gaps.Sum(g => g.Length) == file.Length,
            "packets and gaps are not the whole file");
        var assembly = PacketAssembly.Of([.. contents.Packets.Select(p => p.Packet)], MaxPixels);
        Require(assembly.Values.Length == assembly.Shape.Sites && Array.TrueForAll(assembly.Values, v => v >> assembly.Shape.Bits == 0), "an index is outside its codebook");
        Require(assembly.Received + assembly.Restored <= assembly.Expected, "more packets arrived than were sent");

        // What was received is what a sender makes of it.
        if (!assembly.Lost.Contains(true) && assembly.Restored == 0)
        {
            var map = new IndexMap(assembly.Shape.Rows, assembly.Shape.Columns, assembly.Shape.Bits, assembly.Values);
            var again = PacketAssembly.Of(
                [.. PacketFile.Read(PacketFile.Write(PacketWriting.Write(map, assembly.Shape.Width, assembly.Shape.Height, PacketOptions.Default, s_weights)), s_weights).Packets.Select(p => p.Packet)],
                MaxPixels);
            Require(again.Values.AsSpan().SequenceEqual(map.Values), "indices changed on the way through packets");
        }
    }

    private static byte[] Repair(ReadOnlyMemory<byte> input)
    {
        byte[] file = input[1..].ToArray();
        IReadOnlyList<ReadOnlyMemory<byte>> packets = PacketFile.Split(file);
        int at = PacketFile.SignatureBytes;
        for (int p = 0; p < Math.Min(packets.Count, Repaired); p++)
        {
            at += sizeof(ushort);
            if ((input.Span[0] >> p & 1) != 0 && packets[p].Length >= IndexPacket.HeaderBytes)
            {
                Seal(file.AsSpan(at, packets[p].Length));
            }

            at += packets[p].Length;
        }

        return file;
    }

    // The checksum covers the fingerprint and all but itself, the last two bytes of the header.
    private static void Seal(Span<byte> packet)
    {
        const int checksum = IndexPacket.HeaderBytes - sizeof(ushort);
        ushort sum = Crc16.Append(Crc16.Append(Crc16.Compute(s_weights.ToArray()), packet[..checksum]), packet[IndexPacket.HeaderBytes..]);
        BinaryPrimitives.WriteUInt16LittleEndian(packet[checksum..], sum);
    }
}
