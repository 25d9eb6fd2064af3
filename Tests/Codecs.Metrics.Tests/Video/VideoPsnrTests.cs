using Codecs.Metrics.Video;
using CsCheck;

namespace Codecs.Metrics.Tests.Video;

public sealed class VideoPsnrTests
{
    [Fact]
    public void EachPlaneHasItsOwnErrorAndLumaCountsSixTimes()
    {
        // 2x2 of luma, one sample of each chroma plane: errors of 1, 2 and 4 levels.
        FramePsnr psnr = VideoPsnr.Planes([10, 20, 30, 40, 100, 200], [11, 19, 31, 41, 102, 196], lumaSamples: 4);

        double one = 20 * Math.Log10(255), doubled = 20 * Math.Log10(2);
        Assert.Equal(one, psnr.Y, 9);
        Assert.Equal(one - doubled, psnr.U, 9);
        Assert.Equal(one - (2 * doubled), psnr.V, 9);
        Assert.Equal(((6 * psnr.Y) + psnr.U + psnr.V) / 8, psnr.Weighted, 9);
    }

    [Fact]
    public void WhatIsExactCountsAsTheCeiling()
    {
        Assert.Equal(VideoPsnr.Ceiling, VideoPsnr.Compute([1, 2, 3], [1, 2, 3]));
        FramePsnr psnr = VideoPsnr.Planes([1, 2, 3, 4, 128, 128], [2, 2, 3, 4, 128, 128], lumaSamples: 4);
        Assert.Equal((VideoPsnr.Ceiling, VideoPsnr.Ceiling), (psnr.U, psnr.V));
        Assert.InRange(psnr.Y, 54, VideoPsnr.Ceiling);
    }

    [Fact]
    public void BelowTheCeilingItIsPsnr() => Gen.Byte.Array[6, 60].Where(a => a.Length % 6 == 0).Sample(samples =>
    {
        byte[] other = [.. samples.Select(v => (byte)(v ^ 1))];
        int luma = samples.Length / 6 * 4;
        FramePsnr psnr = VideoPsnr.Planes(samples, other, luma);
        double whole = VideoPsnr.Compute(samples, other);
        return Math.Abs(whole - Psnr.Compute(samples, other)) < 1e-9 && Math.Abs(psnr.Y - whole) < 1e-9 && Math.Abs(psnr.Weighted - whole) < 1e-9;
    });

    [Theory]
    [InlineData(6, 5, 4)]
    [InlineData(6, 6, 0)]
    [InlineData(6, 6, 6)]
    [InlineData(6, 6, 5)]
    [InlineData(6, 6, 7)]
    [InlineData(0, 0, 1)]
    public void PlanesThatDoNotFitAreRefused(int a, int b, int luma) =>
        Assert.Throws<ArgumentException>(() => VideoPsnr.Planes(new byte[a], new byte[b], luma));
}
