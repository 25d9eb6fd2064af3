using System.Text.RegularExpressions;

namespace Codecs.EntropyCoding.Tests.Bitstream;

/// <summary>The examples of section 9 of docs/bitstream.md: they stand there, the encoders make them, the decoders read them. A mismatch is a break of the format.</summary>
public sealed partial class BitstreamExamplesTests
{
    private const string Tables = "01 0c 01 00 ff ff ff ff 03 00 64 00 a0 0f fa 0f";
    private const string BoundBytes = "61 62";
    private const uint RawValue = 0x2BEEF;
    private const int RawBits = 18;

    private const string R64None = "03 d0 08 39 f6 65 35 27";
    private const string R64Short = "21 a0 d6 12 71 55 e3 fd 5f 4a";
    private const string R64Normal = "0f 90 29 82 e8 c9 e8 30 c3 77 5f e7";
    private const string BulkNone = "08 60 60 6b 9f d8 cf 4f 49 2d 10 f0 03 27 1a a4 36 0a";
    private const string BulkShort = "04 f1 61 bf 2d 64 9f 88 8a 93 12 24 a0 26 63 fe 6f 08 ac 0c";
    private const string BulkNormal = "04 f0 60 83 73 b1 9f 3e dc 5e e5 2a 08 02 e3 ff 8f f7 73 d6 a1 04";
    private const string RangeNone = "05 f4 86 4f a6 4a 32 da";
    private const string RangeShort = "05 f4 86 4f a6 4a 32 db 5b c7";
    private const string RangeNormal = "05 f4 86 4f a6 4a 32 db 5b c9 c1 30";
    private const string BinaryNone = "82 ac 4f 9b 94 01";
    private const string BinaryShort = "82 ac 4f 9b 94 01 60 bd";
    private const string BinaryNormal = "82 ac 4f 9b 94 01 60 c0 31 13";
    private const string Packed = "01 fc 0f 00 80 05 54 a5 6a 09 e8 0b 00 30";

    private static readonly short[] s_values = [-1, 0, 0, 1, 5, -4];
    private static readonly short[] s_bulkValues = [0, 1, 0, -1, 0, 5, 0, 0, 1000, -1, -900, 1, 0, 700];
    private static readonly int[] s_bits = [1, 0, 0, 0];
    private static readonly int[] s_mixed = [0, 0, 1, 0, 0];
    private static readonly int[] s_signed = [-3, 0, 17];
    private static readonly int[] s_indices = [1, 1023, 0, 512, 5, 341, 682, 37, 1000, 2, 768];

    public static TheoryData<string> Examples =>
    [
        Tables, BoundBytes, R64None, R64Short, R64Normal, BulkNone, BulkShort, BulkNormal, RangeNone, RangeShort, RangeNormal, BinaryNone, BinaryShort, BinaryNormal, Packed,
        "−1, 0, 0, 1, 5, −4", "0, 1, 0, −1, 0, 5, 0, 0, 1000, −1, −900, 1, 0, 700", "1, 1023, 0, 512, 5, 341, 682, 37, 1000, 2, 768", "2beef",
        LogisticTablesHash,
    ];

    // Of what the text says that the mixture's tables are; LogisticTablesTests compares the tables with it.
    private const string LogisticTablesHash = "c90a0a4bd754684d1b0f591c4df13b99bddd5657b9a4884a2f57b778cfd5621d";

    private static TableSet Set => TableSet.FromBytes(Bytes(Tables));

    [Theory]
    [MemberData(nameof(Examples))]
    public void ExampleStandsInTheDocument(string text) => Assert.Contains(text, Spaces().Replace(Document(), " "), StringComparison.Ordinal);

    [Theory]
    [InlineData(CheckMode.None, R64None)]
    [InlineData(CheckMode.Check16, R64Short)]
    [InlineData(CheckMode.Check31, R64Normal)]
    public void R64IsMadeAndRead(CheckMode check, string payload)
    {
        using var encoder = new Rans64Encoder(Set);
        encoder.Bind(Bytes(BoundBytes));
        encoder.Push(s_values, 0);
        encoder.PushRaw(RawValue, RawBits);
        var writer = new FixedWriter(64);
        encoder.Finish(check, writer);
        Assert.Equal(payload, Text(writer));

        var decoder = new Rans64Decoder(Bytes(payload), Set, check);
        short[] values = new short[s_values.Length];
        decoder.Bind(Bytes(BoundBytes));
        decoder.Decode(0, values);
        Assert.Equal(RawValue, decoder.Raw(RawBits));
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(s_values, values);
    }

    [Theory]
    [InlineData(CheckMode.None, BulkNone)]
    [InlineData(CheckMode.Check16, BulkShort)]
    [InlineData(CheckMode.Check31, BulkNormal)]
    public void R32xNIsMadeAndRead(CheckMode check, string payload)
    {
        var writer = new FixedWriter(128);
        BulkRans.Encode(s_bulkValues, 0, Set, writer, check, Bytes(BoundBytes), lanes: 4);
        Assert.Equal(payload, Text(writer));

        short[] values = new short[s_bulkValues.Length];
        Assert.Equal(CodingStatus.Ok, BulkRans.Decode(Bytes(payload), 0, Set, values, check, Bytes(BoundBytes)));
        Assert.Equal(s_bulkValues, values);
    }

    [Theory]
    [InlineData(CheckMode.None, RangeNone)]
    [InlineData(CheckMode.Check16, RangeShort)]
    [InlineData(CheckMode.Check31, RangeNormal)]
    public void Rc32IsMadeAndRead(CheckMode check, string payload)
    {
        var writer = new FixedWriter(64);
        var encoder = new RangeEncoder(writer, Set);
        encoder.Bind(Bytes(BoundBytes));
        encoder.Push(s_values, 0);
        encoder.PushRaw(RawValue, RawBits);
        encoder.Finish(check);
        Assert.Equal(payload, Text(writer));

        var decoder = new RangeDecoder(Bytes(payload), check, Set);
        short[] values = new short[s_values.Length];
        decoder.Bind(Bytes(BoundBytes));
        decoder.Decode(0, values);
        Assert.Equal(RawValue, decoder.Raw(RawBits));
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(s_values, values);
    }

    [Theory]
    [InlineData(CheckMode.None, BinaryNone)]
    [InlineData(CheckMode.Check16, BinaryShort)]
    [InlineData(CheckMode.Check31, BinaryNormal)]
    public void BacIsMadeAndRead(CheckMode check, string payload)
    {
        var writer = new FixedWriter(64);
        var encoder = new RangeEncoder(writer);
        BinaryModels models = new();
        foreach (int bit in s_bits)
        {
            encoder.PushBit(ref models.Context, bit);
        }

        foreach (int bit in s_mixed)
        {
            encoder.PushBit(models.Mixer, models.Pool, [0, 1], bit);
        }

        foreach (int value in s_signed)
        {
            models.Signed.Encode(encoder, value);
        }

        models.Number.Encode(encoder, 6);
        models.Index.Encode(encoder, 33);
        encoder.Finish(check);
        Assert.Equal(payload, Text(writer));

        var decoder = new RangeDecoder(Bytes(payload), check);
        models = new();
        Assert.Equal(s_bits, s_bits.Select(_ => decoder.Bit(ref models.Context)).ToArray());
        Assert.Equal(s_mixed, s_mixed.Select(_ => decoder.Bit(models.Mixer, models.Pool, [0, 1])).ToArray());
        Assert.Equal(s_signed, s_signed.Select(_ => models.Signed.Decode(decoder)).ToArray());
        Assert.Equal(6, models.Number.Decode(decoder));
        Assert.Equal(33, models.Index.Decode(decoder));
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    [Fact]
    public void PackedIndicesAreMadeAndRead()
    {
        var writer = new FixedWriter(64);
        PackedIndices.Pack(s_indices, 10, writer);
        Assert.Equal(Packed, Text(writer));

        int[] indices = new int[s_indices.Length];
        Assert.Equal(CodingStatus.Ok, PackedIndices.Unpack(Bytes(Packed), 10, 1024, indices));
        Assert.Equal(s_indices, indices);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Text(FixedWriter writer) => BitConverter.ToString(writer.Written.ToArray()).Replace('-', ' ').ToLowerInvariant();

    private static string Document()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "bitstream.md")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder!.FullName, "docs", "bitstream.md"));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>What both sides of the example of adaptive bits start from.</summary>
    private sealed class BinaryModels
    {
        public BinaryContext Context;

        public BinaryContext[] Pool { get; } = [new BinaryContext(5, 8), default];

        public LogisticMixer Mixer { get; } = new(2);

        public SignedIntegerModel Signed { get; } = new(1000);

        public ExpGolombModel Number { get; } = new(1, 1000);

        public IndexTreeModel Index { get; } = new(37);
    }
}
