using Codecs.Formats.Container;
using CsCheck;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

public class HostileTests
{
    private static readonly byte[] s_bits = [0, 0x20, 0x80, 0xA0, 0xE0];

    public static TheoryData<string, byte[]> Contradictions => new()
    {
        { "no chunks", File() },
        { "END first", File(End) },
        { "TRAK before HEAD", File(Trak, Head, Model, Data, End) },
        { "no END", File(Head, Trak, Model, Data) },
        { "second HEAD", File(Head, Trak, Model, Head, Data, End) },
        { "no TRAK", File(Head, Model, Chunk(0, [0, 0])) },
        { "no DATA", File(Head, Trak, Model, Chunk(0, [0, 0])) },
        { "track twice", File(Head, Trak, Trak, Model, Data, End) },
        { "two colour tracks", File(Head, Trak, Chunk(2, [1, 0, 5, 4, 8, 0, 1, 13, 0, 1]), Model, Data, Chunk(4, [1, 0, 1, 1, 1, 0xAA]), Chunk(0, [2, 0])) },
        { "model twice", File(Head, Trak, Model, Model, Data, End) },
        { "DATA before TRAK", File(Head, Data, Trak, Model, End) },
        { "DATA before MODL", File(Head, Trak, Data, Model, End) },
        { "DATA of an unknown track", File(Head, Trak, Model, Chunk(4, [1, 0, 1, 1, 1, 0xAA]), End) },
        { "unit twice", File(Head, Trak, Model, Data, Data, Chunk(0, [2, 0])) },
        { "END counts 2 of 1", File(Head, Trak, Model, Data, Chunk(0, [2, 0])) },
        { "HEAD counts 2 of 1", File(Chunk(1, [0, 0, 0, 2]), Trak, Model, Data, End) },
        { "END points to no index", File(Head, Trak, Model, Data, Chunk(0, [1, 9])) },
        { "END twice", File(Head, Trak, Model, Data, End, End) },
        { "second COLR", File(Head, Trak, Model, Chunk(7, [0, 1]), Chunk(7, [0, 1]), Data, End) },
        { "second Exif", File(Head, Trak, Model, Chunk(8, 0x80, [1, 0, 1]), Chunk(8, 0x80, [1, 0, 2]), Data, End) },
        { "second HASH", File(Head, Trak, Model, Data, Chunk(9, 0x80, [1, .. new byte[32]]), Chunk(9, 0x80, [1, .. new byte[32]]), End) },
        { "short HASH", FileWith(Chunk(9, 0x80, [1, .. new byte[31]])) },
        { "HEAD not critical", File(Chunk(1, Checksum, [0, 0, 0, 0]), Trak, Model, Data, End) },
        { "DATA not critical", File(Head, Trak, Model, Chunk(4, Checksum, [0, 0, 1, 1, 1, 0xAA]), End) },
        { "TRAK without checksum", File(Head, Chunk(2, Critical, [0, 0, 5, 4, 8, 0, 1, 13, 0, 1]), Model, Data, End) },
        { "64 bytes without checksum", FileWith(Chunk(20, 0, new byte[64])) },
        { "width 0", File(Head, Chunk(2, [0, 0, 0, 4, 8, 0, 1, 13, 0, 1]), Model, Data, End) },
        { "height 0", File(Head, Chunk(2, [0, 0, 5, 0, 8, 0, 1, 13, 0, 1]), Model, Data, End) },
        { "orientation 9", File(Head, Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13, 0, 1, 9]), Model, Data, End) },
        { "range 2", File(Head, Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13, 0, 2]), Model, Data, End) },
        { "TRAK cut short", File(Head, Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13]), Model, Data, End) },
        { "fingerprint of 7 bytes", File(Head, Trak, Chunk(3, [0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8]), Data, End) },
        { "reserved registry number", File(Head, Trak, Chunk(3, [0, 0, 8, .. new byte[8], 8, .. new byte[8], 0, 0x43, 0x46]), Data, End) },
        { "model name with escape codes", File(Head, Trak, Chunk(3, [0, 0, 8, .. new byte[8], 8, .. new byte[8], 0, 1, 2, 0x1B, 0x5B]), Data, End) },
        { "model name not UTF-8", File(Head, Trak, Chunk(3, [0, 0, 8, .. new byte[8], 8, .. new byte[8], 0, 1, 1, 0xFF]), Data, End) },
        { "no payloads", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 1, 0]), End) },
        { "sizes beyond the chunk", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 1, 2, 5, 1, 2]), End) },
        { "sizes missing", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 1, 9, 0]), End) },
        { "payload count of 2^62", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), End) },
        { "payload size of 2^62", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]), End) },
        { "chunk length of 2^62", File(Head, [0xA2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) },
        { "longer varint than needed", File(Head, Trak, Model, Chunk(4, [0, 0x40, 0, 1, 1, 1, 0xAA]), End) },
        { "longer chunk length than needed", File(Head, [0xA2, 0x40, 0x01, 0x00, 0, 0, 0, 0]) },
        { "four letters not ASCII", File(Head, Trak, Model, [0x1F, 1, 2, 3, 4, 0], Data, End) },
        { "damaged Brotli", FileWith(Chunk(8, 0x80, [1, 1, 0x21, 0x22, 0x23])) },
        { "empty Brotli", FileWith(Chunk(8, 0x80, [1, 1])) },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void ContradictionsAreRefused(string what, byte[] file)
    {
        Exception? error = Record.Exception(() => Parse(file));
        Assert.True(error is InvalidBitstreamException, $"{what}: {error?.ToString() ?? "accepted"}");
    }

    public static TheoryData<string, byte[]> Newer => new()
    {
        { "major version 2", [.. Signature[..7], 2, .. Head] },
        { "unknown critical chunk", FileWith(Chunk(20, [1, 2])) },
        { "critical private chunk", FileWith(Chunk(31, Critical | Checksum, [1], "abCD")) },
        { "embedded weights", FileWith(Chunk(10, [1])) },
        { "kind 6", File(Chunk(1, [6, 0, 0, 0])) },
        { "timed metadata track", File(Head, Chunk(2, [0, 4, 5])) },
        { "primitive 4", File(Head, Chunk(2, [0, 2, 4, 5, 0, .. new byte[24]])) },
        { "element type 10", File(Head, Chunk(2, [0, 3, 10, 1, 1])) },
        { "9 dimensions", File(Head, Chunk(2, [0, 3, 0, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1])) },
        { "17 bits", File(Head, Chunk(2, [0, 0, 5, 4, 17, 0, 1, 13, 0, 1])) },
        { "layout 6", File(Head, Chunk(2, [0, 0, 5, 4, 8, 6, 1, 13, 0, 1])) },
        { "role 2", File(Head, Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13, 0, 1, 1, 2])) },
        { "determinism class 3", File(Head, Trak, Chunk(3, [0, 3, 8, .. new byte[8], 8, .. new byte[8]])) },
        { "coder 7", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 7, 1, 0xAA])) },
        { "check 3", File(Head, Trak, Model, Chunk(4, [0, 0, 1, 0x61, 1, 0xAA])) },
        { "colour profile in another compression", FileWith(Chunk(7, [3, 1])) },
    };

    [Theory]
    [MemberData(nameof(Newer))]
    public void NewerFeaturesAreReportedAsSuch(string what, byte[] file)
    {
        Exception? error = Record.Exception(() => Parse(file));
        Assert.True(error is UnsupportedBitstreamException, $"{what}: {error?.ToString() ?? "accepted"}");
    }

    [Fact]
    public void RandomBytesAfterTheSignatureNeverEscapeOrAllocateMuch() =>
        Gen.Byte.Array[0, 200].Sample(bytes => ParseUnderCap([.. Signature, .. bytes]), iter: 20_000);

    [Fact]
    public void RandomBytesAfterTheTinyMarkNeverEscapeOrAllocateMuch() =>
        Gen.Byte.Array[0, 30].Sample(bytes => ParseUnderCap([0x9E, .. bytes]), iter: 20_000);

    [Fact]
    public void RandomChunkTreesWithRightChecksumsNeverEscapeOrAllocateMuch()
    {
        byte[][] parts = [Head, Trak, Model, Data, End, Chunk(7, [0, 1, 2]), Chunk(8, 0x80, [3, 0, 1, 65, 1, 66]), Segment(0, 0, 0, 0), Segment(1, 1, 0, 40), Chunk(6, 0x80, [1, 0, 0, 40]), Chunk(11, 0x80, [0, 0, 1]), Chunk(13, 0x80, [])];
        Gen<byte[]> genKnown = Gen.Int[0, parts.Length - 1].Select(i => parts[i]);
        Gen<byte[]> genWild = Gen.Select(Gen.Byte[0, 30], Gen.Int[0, 4].Select(i => s_bits[i]), Gen.Byte.Array[0, 63], (id, bits, payload) => Chunk(id, bits, payload));
        Gen<byte[]> genMutated = Gen.Select(genKnown, Gen.Int[0, 40], Gen.Byte, Mutate);
        Gen.Frequency((6, genKnown), (2, genMutated), (1, genWild)).Array[0, 12].Sample(
            chunks => ParseUnderCap(File([Head, Trak, Model, .. chunks, End])), iter: 30_000);
    }

    [Fact]
    public void HordesOfSmallChunksAreStoppedByTheirNumber()
    {
        byte[] padding = new byte[2 * 100_000];
        for (int i = 0; i < padding.Length; i += 2)
        {
            padding[i] = 12;
        }

        NcfLimits limits = NcfLimits.Default with { MaxChunks = 1000 };
        Assert.Throws<LimitExceededException>(() => NcfFile.Parse(FileWith(padding), limits));
        Assert.Equal(100_005, Parse(FileWith(padding)).Chunks.Count);
    }

    // One byte of the payload changes and the checksum is made right again: damage that only the payload's own checks can see.
    private static byte[] Mutate(byte[] chunk, int at, byte value)
    {
        byte[] payload = chunk[2..^4];
        if (payload.Length > 0)
        {
            payload[at % payload.Length] = value;
        }

        return Chunk((byte)(chunk[0] & 0x1F), (byte)(chunk[0] & 0xE0), payload);
    }

    private static void ParseUnderCap(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Parse(file);
        }
        catch (CodecException)
        {
        }

        // Objects for what is really there, and an exception with its stack trace.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 200_000 + (100 * file.Length), $"{allocated} bytes for a file of {file.Length}");
    }
}
