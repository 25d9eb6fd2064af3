using System.Text;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Packets;

/// <summary>Tells what a packet file holds, and which packets are good; nothing is decoded.</summary>
internal static class PacketInspection
{
    /// <summary>For info: the picture behind the packets.</summary>
    /// <exception cref="InvalidBitstreamException">No packet is good.</exception>
    internal static FileReport Describe(WorkItem item, byte[] bytes, ImageCodec codec)
    {
        IndexPacket[] packets = [.. PacketShelf.Read(bytes, codec).Packets.Select(p => p.Packet)];
        IndexPacket first = packets[0];
        PacketShape shape = first.Shape;
        int largest = IndexPacket.HeaderBytes + packets.Max(p => p.Payload.Length), pictures = packets.DistinctBy(p => (p.Shape, p.Picture, p.Count, p.Parity)).Count();
        double bitsPerPixel = 8.0 * bytes.Length / ((long)shape.Width * shape.Height);
        var text = new StringBuilder().AppendLine(item.Input.DisplayName);
        Row("kind", $"packets of {(pictures == 1 ? $"picture {first.Picture}" : $"{pictures} pictures, of which the first is")}");
        Row("picture", $"{shape.Width} x {shape.Height}, {shape.Columns} x {shape.Rows} indices of {shape.Bits} bits");
        Row("sent", $"{first.Count} packets{(first.Parity > 0 ? $" and {first.Parity} with parity" : "")}");
        Row("here", $"{packets.Count(p => !p.IsParity)} packets{(first.Parity > 0 ? $" and {packets.Count(p => p.IsParity)} with parity" : "")}, up to {largest} bytes");
        Row("size", $"{bytes.Length} bytes, {Units.Number(bitsPerPixel, "0.0000")} bpp");
        Row("bytes", $"headers {packets.Length * IndexPacket.HeaderBytes}, indices {packets.Where(p => !p.IsParity).Sum(p => p.Payload.Length)}, parity {packets.Where(p => p.IsParity).Sum(p => p.Payload.Length)}");
        Row("model", codec.Name);
        return new FileReport
        {
            Input = item.Input.Path,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            Width = shape.Width,
            Height = shape.Height,
            BitsPerPixel = Math.Round(bitsPerPixel, 5),
            Model = codec.Name,
            Packets = new PacketsReport
            {
                Sent = first.Count,
                Parity = first.Parity,
                Received = packets.Length,
                LargestBytes = largest,
                IndexBits = shape.Bits,
                Rows = shape.Rows,
                Columns = shape.Columns,
                Picture = first.Picture,
            },
            Text = text.ToString().TrimEnd(),
        };

        void Row(string key, string value) => text.Append("  ").Append(key.PadRight(12)).AppendLine(value);
    }

    /// <summary>For verify: the good packets, and what is not.</summary>
    internal static FileReport Check(WorkItem item, byte[] bytes, ImageCodec codec)
    {
        PacketFileContents contents = PacketFile.Read(bytes, codec.SynthesisFingerprint);
        PacketsReport.GoodPacket[] good =
            [.. contents.Packets.Select(p => new PacketsReport.GoodPacket(p.Offset, IndexPacket.HeaderBytes + p.Packet.Payload.Length, p.Packet.Number, p.Packet.Picture))];
        bool intact = contents.Gaps.Count == 0;
        string numbers = string.Join(", ", good.Select(p => p.Number));
        string text = intact ? $"{item.Input.DisplayName}: ok ({good.Length} packets: {numbers})"
            : good.Length == 0 ? $"{item.Input.DisplayName}: no packet passes its check; all are damaged, or made with other weights than those of '{codec.Name}'"
            : $"{item.Input.DisplayName}: {good.Length} packets are good: {numbers}; no good packet in {string.Join(", ", contents.Gaps.Select(g => $"{g.Length} bytes at {g.Offset}"))}";
        return new FileReport
        {
            Input = item.Input.Path,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            Model = codec.Name,
            Packets = new PacketsReport { Received = good.Length, Good = good, Damaged = [.. contents.Gaps.Select(g => new PacketsReport.DamagedBytes(g.Offset, g.Length))] },
            ExitCode = intact ? ExitCode.Done : ExitCode.VerificationFailed,
            Text = text,
        };
    }
}
