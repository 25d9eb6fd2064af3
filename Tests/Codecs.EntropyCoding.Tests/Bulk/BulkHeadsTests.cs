using CsCheck;

namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class BulkHeadsTests
{
    [Fact]
    public void StatesComeBack()
    {
        Gen<uint> state = Gen.Int[16, 31].SelectMany(top => Gen.UInt[1u << top, (1u << top) * 2 - 1]);
        Gen.Int[2, 5].SelectMany(b => state.Array[1 << b]).Sample(
            states =>
            {
                byte[] bytes = new byte[BulkHeads.MaxBytes];
                int length = BulkHeads.WriteStates(states, bytes);
                uint[] back = new uint[states.Length];
                CodingStatus status = BulkHeads.ReadStates(bytes, back, out int read);
                bool cut = BulkHeads.ReadStates(bytes.AsSpan(0, length - 1), back.ToArray(), out _) == CodingStatus.Truncated;
                return status == CodingStatus.Ok && read == length && cut && back.AsSpan().SequenceEqual(states);
            },
            iter: 5_000);
    }

    [Fact]
    public void TheLargestStatesFitTheAnnouncedRoom()
    {
        uint[] states = new uint[32];
        Array.Fill(states, uint.MaxValue);
        Assert.Equal(BulkHeads.MaxBytes - 4, BulkHeads.WriteStates(states, new byte[BulkHeads.MaxBytes]));
    }

    [Fact]
    public void UnusedBitsMustBeZero()
    {
        byte[] bytes = new byte[BulkHeads.MaxBytes];
        int length = BulkHeads.WriteStates([65536, 65537, 131072, 65539], bytes);
        bytes[length - 1] |= 0x80;
        Assert.Equal(CodingStatus.InvalidHead, BulkHeads.ReadStates(bytes, new uint[4], out _));
    }

    [Theory]
    [InlineData(4, 0, "00")]
    [InlineData(32, 0, "03")]
    [InlineData(16, 15, "3e")]
    [InlineData(4, 16, "4040")]
    [InlineData(8, 4095, "7ffd")]
    [InlineData(4, 4096, "80004000")]
    [InlineData(32, (1 << 26) - 1, "8fffffff")]
    public void HeadersHaveTheirShortestForm(int lanes, int tailGroups, string hex)
    {
        byte[] bytes = new byte[4];
        int length = BulkHeads.WriteHeader(lanes, tailGroups, bytes);
        Assert.Equal(hex, Convert.ToHexStringLower(bytes.AsSpan(0, length)));
        Assert.Equal(CodingStatus.Ok, BulkHeads.ReadHeader(bytes, out int lanesBack, out int tailGroupsBack, out int lengthBack));
        Assert.Equal((lanes, tailGroups, length), (lanesBack, tailGroupsBack, lengthBack));
    }

    [Theory]
    [InlineData("", CodingStatus.Truncated)]
    [InlineData("40", CodingStatus.Truncated)]
    [InlineData("800040", CodingStatus.Truncated)]
    [InlineData("403f", CodingStatus.InvalidHead)]
    [InlineData("80003fff", CodingStatus.InvalidHead)]
    [InlineData("c000000040000000", CodingStatus.InvalidHead)]
    public void OtherHeadersAreRefused(string hex, CodingStatus expected)
    {
        Assert.Equal(expected, BulkHeads.ReadHeader(Convert.FromHexString(hex), out _, out _, out _));
    }
}
