using Codecs.Models.LanguageCodec.Faithful.Networks;
using CsCheck;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

public sealed class MirroredConvolutionTests
{
    [Theory]
    [InlineData(7, 1, 3, 3)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(8, 4, 2, 2)]
    [InlineData(10, 5, 3, 2)]
    [InlineData(16, 8, 4, 4)]
    [InlineData(1, 1, 0, 0)]
    public void TheOddSampleGoesBefore(int kernel, int stride, int before, int after) =>
        Assert.Equal((before, after), MirroredConvolution.Padding(40 * stride, kernel, stride));

    [Fact]
    public void WhatTheLastStrideLacksIsAddedAfter() => Gen.Select(Gen.Int[1, 500], Gen.Int[1, 8], Gen.Int[1, 2]).Sample((length, stride, factor) =>
    {
        int kernel = factor * stride;
        (int before, int after) = MirroredConvolution.Padding(length, kernel, stride);
        int outputs = ((before + length + after - kernel) / stride) + 1;

        Assert.Equal((length + stride - 1) / stride, outputs);
        Assert.Equal(0, (before + length + after - kernel) % stride);
    });

    [Theory]
    [InlineData(5, 3, 2, "4 3 2 1 2 3 4 5 4 3")]
    [InlineData(4, 3, 3, "4 3 2 1 2 3 4 3 2 1")]
    [InlineData(3, 3, 2, "0 3 2 1 2 3 0 3")]
    [InlineData(1, 3, 3, "0 0 0 1 0 0 0")]
    [InlineData(2, 0, 0, "1 2")]
    public void ShortSignalsGetZerosBeforeTheyAreMirrored(int length, int before, int after, string expected)
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(1, length + 1, ScalarType.Float32).reshape(1, 1, length);

        float[] mirrored = MirroredConvolution.Mirror(x, before, after).data<float>().ToArray();

        Assert.Equal(expected, string.Join(' ', mirrored));
    }
}
