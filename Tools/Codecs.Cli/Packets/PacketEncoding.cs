using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Packets;

/// <summary>Picture files into packet files.</summary>
internal static class PacketEncoding
{
    /// <param name="item">What to encode and where to.</param>
    /// <param name="input">The opened picture.</param>
    /// <param name="reading">What happens to colours.</param>
    /// <param name="codec">A codec with packets.</param>
    /// <param name="encoding">Quality or size.</param>
    /// <param name="options">Size and protection of the packets.</param>
    /// <param name="outputs">The rules about outputs.</param>
    /// <param name="progress">Receives stages.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    internal static FileReport Run(
        WorkItem item, MediaInput input, ImageReadOptions reading, ImageCodec codec, ImageEncoderOptions encoding, PacketOptions options, OutputOptions outputs,
        IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        ImagePackets packets = PacketShelf.Of(codec);
        byte[] bytes = InputReader.ReadAll(input.Stream, item.Input.DisplayName);
        ImageReadResult read = ImageFile.Read(bytes, reading, item.Input.DisplayName);
        byte[] file = PacketFile.Write(packets.Encode(read.Image, encoding, options, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        OutputPlan.Write(item, outputs, file);
        IndexPacket[] made = [.. PacketFile.Read(file, codec.SynthesisFingerprint).Packets.Select(p => p.Packet)];
        int largest = IndexPacket.HeaderBytes + made.Max(p => p.Payload.Length), count = made[0].Count, parity = made[0].Parity;
        double bitsPerPixel = 8.0 * file.Length / read.Image.PixelCount;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            OutputBytes = file.Length,
            Width = read.Image.Width,
            Height = read.Image.Height,
            BitsPerPixel = Math.Round(bitsPerPixel, 5),
            Ratio = Math.Round((double)bytes.Length / file.Length, 3),
            Model = codec.Name,
            Format = ImageFormats.Name(read.Format),
            Packets = new PacketsReport { Sent = count, Parity = parity, LargestBytes = largest, IndexBits = made[0].Shape.Bits },
            Warnings = [.. read.Warnings, .. read.Image.HasAlpha ? (string[])["Packets carry no transparency; it was left out."] : []],
            Text = $"{Units.Bytes(bytes.Length)} -> {Units.Bytes(file.Length)} in {count}{(parity > 0 ? $" + {parity}" : "")} packets of up to {largest} bytes  {Units.Number(bitsPerPixel, "0.0000")} bpp",
        };
    }
}
