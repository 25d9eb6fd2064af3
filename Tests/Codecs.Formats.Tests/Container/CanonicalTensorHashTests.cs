using System.Buffers.Binary;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

public class CanonicalTensorHashTests
{
    private static readonly CanonicalTensor[] s_tensors =
    [
        new("b", ElementType.I32, [2], Golden.Hex("01000000 feffffff")),
        new("a", ElementType.F32, [1, 2], Golden.Hex("0000003f 0000c0bf")),
        new("\u00e9", ElementType.U8, [], Golden.Hex("07")),
    ];

    [Fact]
    public void FingerprintIsTheOneComputedElsewhere() => Assert.Equal(
        "77699fb6ea38c2757fcf3e6b77af60481403b423d054682bbb8ae7d467a96f2e",
        CanonicalTensorHash.Compute("demo/1", s_tensors).ToString());

    [Fact]
    public void OrderOfTheTensorsDoesNotMatter() => Assert.Equal(
        CanonicalTensorHash.Compute("demo/1", s_tensors),
        CanonicalTensorHash.Compute("demo/1", s_tensors.Reverse()));

    [Fact]
    public void EveryPropertyChangesTheFingerprint()
    {
        CanonicalTensor a = s_tensors[1];
        Fingerprint[] all =
        [
            CanonicalTensorHash.Compute("x", [a]),
            CanonicalTensorHash.Compute("y", [a]),
            CanonicalTensorHash.Compute("x", []),
            CanonicalTensorHash.Compute("x", [a with { Name = "c" }]),
            CanonicalTensorHash.Compute("x", [a with { Type = ElementType.I32 }]),
            CanonicalTensorHash.Compute("x", [a with { Shape = [2, 1] }]),
            CanonicalTensorHash.Compute("x", [a with { Shape = [2] }]),
            CanonicalTensorHash.Compute("x", [a with { Bytes = new byte[8] }]),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Theory]
    [InlineData(ElementType.F32, "00000080", "-0")]
    [InlineData(ElementType.F32, "0000c07f", "NaN")]
    [InlineData(ElementType.F32, "0100807f", "NaN")]
    [InlineData(ElementType.F16, "0080", "-0")]
    [InlineData(ElementType.F16, "01fc", "NaN")]
    [InlineData(ElementType.BF16, "0080", "-0")]
    [InlineData(ElementType.BF16, "c0ff", "NaN")]
    [InlineData(ElementType.F64, "0000000000000080", "-0")]
    [InlineData(ElementType.F64, "010000000000f07f", "NaN")]
    public void ValuesWithSeveralBitPatternsAreRefused(ElementType type, string hex, string name)
    {
        byte[] bytes = Golden.Hex(hex);
        CodecException error = Assert.Throws<InvalidBitstreamException>(() => Hash(bytes));
        Assert.Contains($"holds {name} at element 0", error.Message, StringComparison.Ordinal);

        CanonicalTensorHash.ClearNegativeZeros(type, bytes);
        if (name == "-0")
        {
            Assert.All(bytes, b => Assert.Equal(0, b));
            Hash(bytes);
        }
        else
        {
            Assert.Equal(Golden.Hex(hex), bytes);
        }

        Fingerprint Hash(byte[] b) => CanonicalTensorHash.Compute("", [new("t", type, [1], b)]);
    }

    [Fact]
    public void InfinitiesAndIntegersThatLookLikeMinusZeroAreFine()
    {
        byte[] infinity = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(infinity, float.NegativeInfinity);
        CanonicalTensorHash.Compute("", [new("t", ElementType.F32, [1], infinity), new("i", ElementType.I32, [1], Golden.Hex("00000080"))]);
    }

    [Fact]
    public void SharedNamesAndWrongShapesAreTheCallersMistakes()
    {
        Assert.Throws<ArgumentException>(() => CanonicalTensorHash.Compute("", [s_tensors[0], s_tensors[0]]));
        Assert.Throws<ArgumentException>(() => CanonicalTensorHash.Compute("", [s_tensors[0] with { Shape = [3] }]));
    }
}
