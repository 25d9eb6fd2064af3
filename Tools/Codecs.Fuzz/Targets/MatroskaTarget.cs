using Codecs.Formats.Media;

namespace Codecs.Fuzz.Targets;

/// <summary>A Matroska stream cut at its clusters.</summary>
internal sealed class MatroskaTarget : FuzzTarget
{
    internal override string Name => "matroska-pieces";

    internal override string Description => "a Matroska stream: cut at its clusters, which put together are the stream";

    internal override IEnumerable<byte[]> Seeds()
    {
        byte[] header = [0x1A, 0x45, 0xDF, 0xA3, 0x83, 0x42, 0x86, 0x80];
        byte[] segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] info = [0x15, 0x49, 0xA9, 0x66, 0x87, 0x2A, 0xD7, 0xB1, 0x83, 0x0F, 0x42, 0x40];
        yield return [.. header, .. segment, .. info, .. Cluster(0), .. Cluster(200)];
        yield return [.. header, .. segment, .. Cluster(7)];
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        byte[] bytes = input.ToArray();
        byte[] back = [.. MatroskaPieces.Split(new MemoryStream(bytes)).SelectMany(p => p.Bytes.ToArray())];
        Require(back.AsSpan().SequenceEqual(bytes), "the pieces are not the stream");
    }

    private static byte[] Cluster(byte milliseconds) => [0x1F, 0x43, 0xB6, 0x75, 0x87, 0xE7, 0x81, milliseconds, 0xA3, 0x82, 1, 2];
}
