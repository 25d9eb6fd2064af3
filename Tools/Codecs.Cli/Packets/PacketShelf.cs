using Codecs.Cli.Files;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Packets;

/// <summary>What all verbs need to know of packet files.</summary>
internal static class PacketShelf
{
    /// <summary>The model of packets when none is named: packets do not name theirs.</summary>
    internal const string DefaultModel = "vqgan-extreme";

    /// <summary>Extension of packet files.</summary>
    internal const string Extension = ".ncp";

    /// <summary>True for an input that begins like a packet file; false also when it cannot be read, which reading it will tell better.</summary>
    internal static bool Holds(InputFile input)
    {
        if (input.Problem is not null)
        {
            return false;
        }

        try
        {
            using Stream stream = MediaInput.OpenStream(input);
            byte[] start = new byte[PacketFile.SignatureBytes];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && PacketFile.IsPacketFile(start);
        }
        catch (MediaException)
        {
            return false;
        }
    }

    /// <summary>The packets of a codec.</summary>
    /// <exception cref="UsageException">It has none.</exception>
    internal static ImagePackets Of(ImageCodec codec) => codec.Packets
        ?? throw new UsageException($"Packets carry codebook indices; '{codec.Name}' has none.", $"--codec {DefaultModel} has them.");

    /// <summary>The undamaged packets of a file.</summary>
    /// <exception cref="InvalidBitstreamException">There is none.</exception>
    internal static PacketFileContents Read(ReadOnlyMemory<byte> file, ImageCodec codec)
    {
        PacketFileContents contents = PacketFile.Read(file, codec.SynthesisFingerprint);
        return contents.Packets.Count > 0
            ? contents
            : throw new InvalidBitstreamException($"No packet passes its check: all are damaged, or they were made with other weights than those of '{codec.Name}', which --codec would name");
    }
}
