using System.Buffers;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

/// <summary>Files with segments.</summary>
internal static class Samples
{
    public const int SegmentCount = 3;
    public const int UnitsPerSegment = 4;
    public const int UnitCount = SegmentCount * UnitsPerSegment;

    /// <summary>A film of 25 pictures a second, with a profile and metadata.</summary>
    public static NcfHeader Film { get; } = new()
    {
        Kind = MediaKind.Video,
        Tracks = [new PictureTrack { Width = 64, Height = 48, UnitTicks = 1 }],
        Models = [Golden.Model],
        TickRate = new TickRate(25),
        IccProfile = "ICC!"u8.ToArray(),
        Metadata = [new MetadataItem(MetadataKey.Exif, "II*\0"u8.ToArray()), MetadataItem.Text("Title", "Film")],
    };

    /// <summary>Three segments of four units, a late tag, a digest.</summary>
    public static byte[] ThreeSegments { get; } = Write(Film, [.. Enumerable.Range(0, UnitCount).Select(Unit)]);

    /// <summary>Where the segments of <see cref="ThreeSegments"/> begin; the last entry is where what follows them begins.</summary>
    public static IReadOnlyList<int> Bounds { get; } = FindBounds();

    public static DataUnit Unit(int number) => new()
    {
        Coder = CoderId.R64,
        Number = number,
        Access = number % UnitsPerSegment == 0 ? UnitAccess.RandomAccessPoint : UnitAccess.None,
        RatePoint = (byte)number,
        Payloads = [Payload(number, 20 + number), Payload(number + 100, 7)],
    };

    public static byte[] Payload(int seed, int length)
    {
        byte[] payload = new byte[length];
        new Random(seed).NextBytes(payload);
        return payload;
    }

    public static byte[] Write(NcfHeader header, IReadOnlyList<DataUnit> units, bool withDigest = true)
    {
        ArrayBufferWriter<byte> output = new();
        using NcfStreamWriter writer = new(output, header, new NcfWriterOptions { Segments = SegmentMode.Manual, WithDigest = withDigest });
        foreach (DataUnit unit in units)
        {
            if (unit.IsRandomAccessPoint)
            {
                writer.StartSegment();
            }

            writer.WriteUnit(unit);
        }

        writer.WriteMetadata(MetadataItem.Text("Late", "tag"));
        writer.Complete();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Number, facts and bytes of a unit, as text.</summary>
    public static string Describe(DataUnit unit) =>
        $"{unit with { Payloads = [], Offset = 0 }} {string.Join(' ', unit.Payloads.Select(p => Convert.ToHexString(p.Span)))}";

    private static List<int> FindBounds()
    {
        NcfFile file = NcfFile.Parse(ThreeSegments, NcfLimits.Default);
        return [.. file.Segments.Select(s => (int)s.Offset), (int)file.Chunks.Last(c => c.Id == ChunkId.Metadata).Offset];
    }
}
