using Codecs.Formats.Media;

namespace Codecs.Video.Tests;

public sealed class VideoFormatTests
{
    [Theory]
    [InlineData(ChromaFormat.Grey, 8, 15)]
    [InlineData(ChromaFormat.Yuv420, 8, 15 + 12)]
    [InlineData(ChromaFormat.Yuv422, 8, 15 + 18)]
    [InlineData(ChromaFormat.Yuv444, 8, 45)]
    [InlineData(ChromaFormat.Yuv420, 10, 54)]
    public void AFrameOfOddSizeHasRoundedUpChroma(ChromaFormat chroma, int bits, int bytes)
    {
        var format = new VideoFormat(5, 3, chroma, bits);
        Assert.Equal(bytes, format.FrameBytes);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void PlanesComeBackAsTheyWereWritten(int bits)
    {
        var format = new VideoFormat(5, 3, ChromaFormat.Yuv420, bits);
        var frame = new VideoFrame(format, new byte[format.FrameBytes]);
        for (int p = 0; p < 3; p++)
        {
            frame.Write(p, Values(format, p));
        }

        for (int p = 0; p < 3; p++)
        {
            ushort[] back = new ushort[format.PlaneWidth(p) * format.PlaneHeight(p)];
            frame.Read(p, back);
            Assert.Equal(Values(format, p), back);
        }
    }

    private static ushort[] Values(VideoFormat format, int plane) =>
        [.. Enumerable.Range(0, format.PlaneWidth(plane) * format.PlaneHeight(plane)).Select(i => (ushort)((i + (plane * 50)) % (1 << format.BitDepth)))];
}
