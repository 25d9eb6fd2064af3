using Codecs.Formats.Media;
using Codecs.Training.Nirvana;

namespace Codecs.Training.Tests.Nirvana;

public sealed class ViewFramesTests
{
    // ITU-R BT.601 in limited range.
    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(255, 0, 0, 81, 90, 240)]
    [InlineData(0, 255, 0, 145, 54, 34)]
    [InlineData(0, 0, 255, 41, 240, 110)]
    public void ColoursAreThoseOfTheStandard(int red, int green, int blue, int luma, int cb, int cr)
    {
        float[] view = [.. Enumerable.Repeat((float[])[red, green, blue], 16).SelectMany(p => p)];

        VideoFrame yuv = ViewFrames.ToYuv420(view, 4), rgb = ViewFrames.ToRgb(view, 4);

        Assert.All(yuv.Plane(0).ToArray(), v => Assert.Equal(luma, v));
        Assert.All(yuv.Plane(1).ToArray(), v => Assert.Equal(cb, v));
        Assert.All(yuv.Plane(2).ToArray(), v => Assert.Equal(cr, v));
        Assert.Equal([red, green, blue], new[] { 0, 1, 2 }.Select(p => (int)rgb.Plane(p)[5]));
    }

    [Fact]
    public void AChromaSampleIsTheMeanOfItsFourPixels()
    {
        float[] view = new float[4 * 4 * 3];
        view[((1 * 4) + 2) * 3] = 255; // red, in the block on the upper right

        VideoFrame yuv = ViewFrames.ToYuv420(view, 4);

        Assert.Equal([128, 128 + 28, 128, 128], yuv.Plane(2).ToArray().Select(v => (int)v));
        Assert.Equal(81, yuv.Plane(0)[6]);
    }
}
