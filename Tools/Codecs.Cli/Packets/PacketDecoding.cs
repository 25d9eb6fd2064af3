using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Packets;

/// <summary>Packet files into picture files, and maps of what was guessed.</summary>
internal static class PacketDecoding
{
    /// <param name="item">What to decode and where to.</param>
    /// <param name="format">Format of the picture.</param>
    /// <param name="writing">How the picture is written.</param>
    /// <param name="codec">A codec with packets.</param>
    /// <param name="concealment">What to show where nothing arrived.</param>
    /// <param name="confidenceMap">File for the map of what was guessed, or null.</param>
    /// <param name="outputs">The rules about outputs.</param>
    /// <param name="progress">Receives stages.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    internal static FileReport Run(
        WorkItem item, ImageFormat format, ImageWriteOptions writing, ImageCodec codec, LossConcealment concealment, string? confidenceMap, OutputOptions outputs,
        IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        ImagePackets packets = PacketShelf.Of(codec);
        byte[] bytes = InputReader.ReadAll(item.Input);
        PacketShelf.Read(bytes, codec);
        if (confidenceMap is not null && !outputs.Force && File.Exists(confidenceMap))
        {
            throw OutputPlan.Exists(confidenceMap);
        }

        PacketDecodeResult decoded = packets.DecodeFile(bytes, concealment, progress, cancellation);
        var picture = new MemoryStream();
        IReadOnlyList<string> lost = ImageFile.Write(decoded.Image, picture, format, writing);
        cancellation.ThrowIfCancellationRequested();
        OutputPlan.Write(item, outputs, picture.GetBuffer().AsMemory(0, (int)picture.Length));
        if (confidenceMap is not null)
        {
            WriteConfidence(decoded, confidenceMap, outputs.Force);
        }

        int sites = decoded.Rows * decoded.Columns;
        string[] guessed = decoded.SitesGuessed == 0 ? []
            : [$"{decoded.PacketsSent - decoded.PacketsReceived - decoded.PacketsRestored} of {decoded.PacketsSent} packets are missing: {decoded.SitesGuessed} of {sites} blocks of the picture are guessed."];
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            OutputBytes = picture.Length,
            Width = decoded.Image.Width,
            Height = decoded.Image.Height,
            BitsPerPixel = Math.Round(8.0 * bytes.Length / decoded.Image.PixelCount, 5),
            Model = codec.Name,
            Format = ImageFormats.Name(format),
            Packets = new PacketsReport
            {
                Sent = decoded.PacketsSent,
                Received = decoded.PacketsReceived,
                Restored = decoded.PacketsRestored,
                Rows = decoded.Rows,
                Columns = decoded.Columns,
                SitesGuessed = decoded.SitesGuessed,
            },
            Warnings = [.. lost, .. guessed],
            Text = $"{decoded.PacketsReceived} of {decoded.PacketsSent} packets{(decoded.PacketsRestored > 0 ? $", {decoded.PacketsRestored} restored" : "")} -> {Units.Bytes(picture.Length)} {ImageFormats.Name(format)}  {decoded.Image.Width} x {decoded.Image.Height}",
        };
    }

    private static void WriteConfidence(PacketDecodeResult decoded, string path, bool overwrite)
    {
        const int cell = Formats.Container.PacketShape.Cell;
        byte[] grey = new byte[decoded.Image.Width * decoded.Image.Height];
        for (int i = 0; i < grey.Length; i++)
        {
            int row = i / decoded.Image.Width / cell, column = i % decoded.Image.Width / cell;
            grey[i] = (byte)MathF.Round(255 * decoded.Confidence[(row * decoded.Columns) + column]);
        }

        AtomicFile.Write(path, ImageFile.Encode(new Image(decoded.Image.Width, decoded.Image.Height, ImageLayout.Gray, grey), ImageFormat.Png), overwrite);
    }
}
