using System.Security.Cryptography;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Tables;

public sealed class TableSetTests
{
    // format 1, 4 bits, 1 table, offset -1, 2 stored starts: 3, 10.
    private const string Valid = "0104" + "0100" + "ffffffff" + "0200" + "0300" + "0a00";

    [Fact]
    public void TheCanonicalFormIsReadAndWrittenBack()
    {
        byte[] bytes = Convert.FromHexString(Valid);
        TableSet set = TableSet.FromBytes(bytes);
        Assert.Equal((4, 1, -1, 3), (set.Precision, set.Count, set.Offset(0), set.SymbolCount(0)));
        Assert.Equal((3, 7, 6), (set.Frequency(0, 0), set.Frequency(0, 1), set.Frequency(0, 2)));
        Assert.Equal(bytes, set.ToBytes());
        Assert.Equal(SHA256.HashData(bytes), set.Id.ToArray());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("010401", 0)]
    [InlineData("0100" + "0100" + "ffffffff" + "0200" + "0300" + "0a00", 1)]
    [InlineData("0111" + "0100" + "ffffffff" + "0200" + "0300" + "0a00", 1)]
    [InlineData("0104" + "0000", 2)]
    [InlineData("0104" + "0100" + "ffffff", 4)]
    [InlineData("0104" + "0100" + "ffffffff" + "0000", 8)]
    [InlineData("0104" + "0100" + "ffffffff" + "1000", 8)]
    [InlineData("0104" + "0100" + "ffffffff" + "0200" + "0300" + "0a", 10)]
    [InlineData("0104" + "0100" + "ffffffff" + "0200" + "0000" + "0a00", 10)]
    [InlineData("0104" + "0100" + "ffffffff" + "0200" + "0300" + "0300", 12)]
    [InlineData("0104" + "0100" + "ffffffff" + "0200" + "0300" + "0200", 12)]
    [InlineData("0104" + "0100" + "ffffffff" + "0200" + "0300" + "1000", 12)]
    [InlineData("0104" + "0100" + "0080ffff" + "0200" + "0300" + "0a00", 4)]
    [InlineData("0104" + "0100" + "ff7f0000" + "0200" + "0300" + "0a00", 4)]
    [InlineData("0104" + "0100" + "ffffff7f" + "0200" + "0300" + "0a00", 4)]
    [InlineData(Valid + "00", 14)]
    public void DamagedSetsAreRefusedWithTheOffset(string hex, int offset)
    {
        var error = Assert.Throws<InvalidBitstreamException>(() => TableSet.FromBytes(Convert.FromHexString(hex)));
        Assert.Equal(offset, error.Offset);
    }

    [Fact]
    public void NewerFormatsAndTooManyTablesHaveTheirOwnErrors()
    {
        Assert.Throws<UnsupportedBitstreamException>(() => TableSet.FromBytes(Convert.FromHexString("02" + Valid[2..])));
        Assert.Throws<LimitExceededException>(() => TableSet.FromBytes(Convert.FromHexString("01040110")));
    }

    [Fact]
    public void AnyBytesGiveASetOrACodecError()
    {
        byte[] valid = Convert.FromHexString(Valid);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Byte.Array[0, 12], Gen.Int[0, valid.Length]).Sample(
            (at, value, tail, keep) =>
            {
                byte[] bytes = [.. valid[..keep], .. tail];
                if (at < bytes.Length)
                {
                    bytes[at] = value;
                }

                try
                {
                    return TableSet.FromBytes(bytes).ToBytes().AsSpan().SequenceEqual(bytes);
                }
                catch (CodecException)
                {
                    return true;
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void TheDecodeStepFindsTheOwnerOfEverySlot()
    {
        Gen.Select(Gen.UInt, Gen.Int[1, 16]).Sample(
            (seed, precision) =>
            {
                PlainTable[] plain = PlainTable.Random(new Random((int)seed), precision, 2);
                TableSet set = PlainTable.ToSet(precision, plain);
                for (int t = 0; t < plain.Length; t++)
                {
                    int first = set.Tables[t].First;
                    int symbol = 0;
                    for (int slot = 0; slot < 1 << precision; slot++)
                    {
                        symbol += slot == plain[t].Cumulative[symbol + 1] ? 1 : 0;
                        ulong state = (7UL << precision) + (ulong)slot;
                        int start = plain[t].Cumulative[symbol];
                        int frequency = plain[t].Cumulative[symbol + 1] - start;
                        if (set.DecodeStep(t, first, ref state) != symbol || state != (ulong)(7 * frequency + slot - start))
                        {
                            return false;
                        }
                    }
                }

                return true;
            },
            iter: 60);
    }

    [Fact]
    public void CostsAreTheNegativeLogarithmPlusTheEscapeCode()
    {
        TableSet set = TableSet.FromBytes(Convert.FromHexString(Valid));
        Assert.Equal(-Math.Log2(3 / 16.0), set.CostBits(0, -1), 4);
        Assert.Equal(-Math.Log2(7 / 16.0), set.CostBits(0, 0), 4);
        double escape = -Math.Log2(6 / 16.0);
        Assert.Equal(escape + 5, set.CostBits(0, 1), 4);
        Assert.Equal(escape + 6, set.CostBits(0, -2), 4);
        Assert.Equal(escape + 6, set.CostBits(0, 2), 4);
        Assert.Equal(escape + 7, set.CostBits(0, -3), 4);
        Assert.Equal(escape + 5 + 15, set.CostBits(0, 32767), 4);
        Assert.Equal(float.PositiveInfinity, set.CostBits(0, 32768));
        Assert.Equal(float.PositiveInfinity, set.CostBits(0, int.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.CostBits(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Offset(-1));
    }
}
