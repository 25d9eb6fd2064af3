using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container.Packets;

public class PacketShapeTests
{
    [Fact]
    public void AnyShapeComesBack() => SamplePackets.Shapes.Sample(shape => Assert.Equal(shape, PacketShape.Unpack(shape.Pack())), iter: 1000);

    [Fact]
    public void AnyBitsAreAShapeInRange() => Gen.UInt.Sample(bits => PacketShape.Unpack(bits).Check(), iter: 1000);

    [Fact]
    public void AKnownShapeHasKnownBits()
    {
        // 7 columns and 4 rows of 16 pixels that lack 12 columns and 4 rows of pixels; 10 bits.
        var shape = new PacketShape(100, 60, 10);

        Assert.Equal((7, 4, 28), (shape.Columns, shape.Rows, shape.Sites));
        Assert.Equal(6u | 3u << 10 | 12u << 20 | 4u << 24 | 9u << 28, shape.Pack());
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(PacketShape.MaxSide + 1, 1, 1)]
    [InlineData(1, PacketShape.MaxSide + 1, 1)]
    [InlineData(1, 1, PacketShape.MaxBits + 1)]
    public void WhatTheBitsCannotHoldIsRefused(int width, int height, int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketShape(width, height, bits).Check());
}
