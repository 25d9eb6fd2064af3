using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Models.NirvanaFaithful;
using Codecs.Video.NirvanaFaithful;

namespace Codecs.Video.Tests.NirvanaFaithful;

public sealed class NirvanaFaithfulCodecTests
{
    [Fact]
    public void FilesNameTheArchitectureAndTheStart()
    {
        using var codec = new NirvanaFaithfulCodec(NcfLimits.Default);

        // Written into every file: a change makes old files unreadable.
        Assert.StartsWith("7b4357191c2ba74e", codec.EntropyFingerprint.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("04332b82e9981dc5", codec.SynthesisFingerprint.ToString(), StringComparison.Ordinal);
        Assert.Equal(CoderId.Bac, codec.Coder);
    }

    [Fact]
    public void VideosBecomeRgbOfEightBits()
    {
        using var codec = new NirvanaFaithfulCodec(NcfLimits.Default);
        var format = new VideoFormat(64, 48, ChromaFormat.Yuv420, 10) { Orientation = 6 };

        Assert.Equal(format with { Chroma = ChromaFormat.Rgb, BitDepth = 8, Matrix = 0, FullRange = true }, codec.Accept(format));
        Assert.Throws<UnsupportedBitstreamException>(() => codec.CreateDecoder(format));
        Assert.Throws<UnsupportedBitstreamException>(() => codec.CreateEncoder(format, new()));
    }

    [Fact]
    public void FramesThatNeedTooMuchMemoryAreRefused()
    {
        using var codec = new NirvanaFaithfulCodec(NcfLimits.Default);
        VideoFormat format = codec.Accept(new VideoFormat(65536, 65536, ChromaFormat.Rgb));

        Assert.Throws<LimitExceededException>(() => codec.CreateDecoder(format));
    }

    [Theory]
    [InlineData(1920, 1080, 512, 16)]
    [InlineData(1280, 720, 240, 16)]
    [InlineData(640, 360, 120, 8)]
    [InlineData(320, 180, 64, 4)]
    public void NetworksGrowWithTheFrame(int width, int height, int hidden, int channels) =>
        Assert.Equal(new NirvanaShape(hidden, channels), NirvanaFaithfulRates.Shape(width, height, 50));

    [Fact]
    public void QualityMakesNetworksLargerAndBitsCheaper()
    {
        NirvanaShape[] shapes = [.. new[] { 1.0, 25, 50, 75, 100 }.Select(q => NirvanaFaithfulRates.Shape(640, 360, q))];

        Assert.Equal(shapes.OrderBy(s => s.LatentCount), shapes);
        Assert.Equal(5, shapes.Distinct().Count());
        Assert.Equal((1e-3, 1e-4), (NirvanaFaithfulRates.Lambda(50), Math.Round(NirvanaFaithfulRates.Lambda(100), 9)));
    }

    [Fact]
    public void TheHighestEffortIsThePublishedSchedule()
    {
        var options = new ChunkOptions { Effort = 9 };

        Assert.Equal(16000, NirvanaFaithfulRates.Schedule(options, 50, isFresh: true).Iterations);
        Assert.Equal(2000, NirvanaFaithfulRates.Schedule(options, 50, isFresh: false).Iterations);
        Assert.False(NirvanaFaithfulRates.Schedule(options, 50, isFresh: true).StopsEarly);
        Assert.Equal(TimeSpan.FromSeconds(6), NirvanaFaithfulRates.Schedule(options with { SecondsPerFrame = 2 }, 50, isFresh: true).Time);
    }
}
