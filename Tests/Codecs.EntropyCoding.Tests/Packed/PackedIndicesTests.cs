using System.Buffers;
using System.Numerics;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Packed;

public sealed class PackedIndicesTests
{
    [Fact]
    public void AnyIndicesComeBackAndAreTheBitsOfOneBigNumber()
    {
        Gen.Select(Gen.Int[1, PackedIndices.MaxBits], Gen.UInt.Array[0, 100]).Sample(
            (bits, random) =>
            {
                int[] indices = [.. random.Select(r => (int)(r >> (32 - bits)))];
                byte[] payload = Pack(indices, bits);
                BigInteger number = 0;
                for (int i = 0; i < indices.Length; i++)
                {
                    number += (BigInteger)indices[i] << (i * bits);
                }

                Assert.Equal(PackedIndices.ByteCount(indices.Length, bits), payload.Length);
                Assert.Equal(number, new BigInteger(payload, isUnsigned: true));
                int[] back = new int[indices.Length];
                Assert.Equal(CodingStatus.Ok, PackedIndices.Unpack(payload, bits, 1 << bits, back));
                Assert.Equal(indices, back);
            },
            iter: 1000);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4 }, 3, "d108")]
    [InlineData(new[] { 1, 0, 1, 1, 0, 0, 0, 0, 1 }, 1, "0d01")]
    [InlineData(new[] { 0xABCDEF, 0x123456 }, 24, "efcdab563412")]
    [InlineData(new int[0], 10, "")]
    public void KnownIndicesHaveKnownBytes(int[] indices, int bits, string hex) => Assert.Equal(hex, Convert.ToHexStringLower(Pack(indices, bits)));

    [Fact]
    public void WhatIsWrongWithThePayloadHasAStatus()
    {
        byte[] payload = Pack([1, 2, 3, 4], 3);
        int[] back = [9, 9, 9, 9];
        Assert.Equal(CodingStatus.Truncated, PackedIndices.Unpack(payload.AsSpan(0, 1), 3, 8, back));
        Assert.Equal([0, 0, 0, 0], back);
        Assert.Equal(CodingStatus.TrailingData, PackedIndices.Unpack([.. payload, 0], 3, 8, back));
        Assert.Equal(CodingStatus.LimitExceeded, PackedIndices.Unpack(payload, 3, 3, back));
        Assert.Equal([1, 2, 0, 0], back);
        for (int bit = 4; bit < 8; bit++)
        {
            Assert.Equal(CodingStatus.TrailingData, PackedIndices.Unpack([payload[0], (byte)(payload[1] | 1 << bit)], 3, 8, back));
        }

        Assert.Equal(CodingStatus.Ok, PackedIndices.Unpack([], 3, 8, []));
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefusedAndNothingIsWritten()
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedIndices.Pack([1, 8], 3, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedIndices.Pack([-1], 24, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedIndices.Pack([0], 0, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedIndices.Pack([0], 25, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedIndices.Unpack([0], 3, 9, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedIndices.Unpack([0], 3, 0, new int[1]));
        Assert.Equal(0, writer.WrittenCount);
        Assert.Equal(3L * int.MaxValue, PackedIndices.ByteCount(int.MaxValue, 24));
    }

    [Fact]
    public void PackingAndUnpackingAllocateNothing()
    {
        int[] indices = [.. Enumerable.Range(0, 1000)];
        int[] back = new int[1000];
        var writer = new FixedWriter(2000);
        PackedIndices.Pack(indices, 10, writer);
        writer.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        PackedIndices.Pack(indices, 10, writer);
        CodingStatus status = PackedIndices.Unpack(writer.Written.Span, 10, 1000, back);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(CodingStatus.Ok, status);
        Assert.Equal(indices, back);
    }

    private static byte[] Pack(int[] indices, int bits)
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(PackedIndices.Pack(indices, bits, writer), writer.WrittenCount);
        return writer.WrittenSpan.ToArray();
    }
}
