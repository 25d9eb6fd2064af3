using Codecs.Formats.Media;
using Codecs.Video.Nirvana;

namespace Codecs.Video.Tests.Nirvana;

public sealed class ChunkTests
{
    private static readonly VideoFormat s_format = new(48, 40, ChromaFormat.Yuv420);

    [Theory]
    [InlineData(33, 17, ChromaFormat.Yuv420, 8, new[] { 1, 8 })]
    [InlineData(64, 64, ChromaFormat.Yuv420, 10, new[] { 1, 2, 1 })]
    [InlineData(33, 17, ChromaFormat.Yuv422, 8, new[] { 1, 3 })]
    [InlineData(64, 64, ChromaFormat.Yuv444, 12, new[] { 1, 4 })]
    [InlineData(33, 17, ChromaFormat.Rgb, 8, new[] { 1, 5 })]
    [InlineData(48, 33, ChromaFormat.Grey, 8, new[] { 1, 6 })]
    [InlineData(17, 66, ChromaFormat.Grey, 10, new[] { 1, 7, 2 })]
    [InlineData(1, 1, ChromaFormat.Yuv420, 8, new[] { 1, 8 })]
    [InlineData(1, 1, ChromaFormat.Rgb, 8, new[] { 1, 2 })]
    [InlineData(5, 3, ChromaFormat.Yuv422, 9, new[] { 1, 3 })]
    [InlineData(2, 90, ChromaFormat.Yuv420, 8, new[] { 1, 3 })]
    [InlineData(90, 1, ChromaFormat.Yuv444, 8, new[] { 1, 3 })]
    public void ADecoderShowsWhatTheEncoderSays(int width, int height, ChromaFormat chroma, int bits, int[] groups)
    {
        var format = new VideoFormat(width, height, chroma, bits);
        foreach (bool isExtreme in (bool[])[false, true])
        {
            VideoFrame[] frames = isExtreme ? TestClips.Extreme(format, groups.Sum()) : TestClips.Moving(format, groups.Sum());
            EncodedGroup[] coded = TestClips.Encode(frames, groups, quality: isExtreme ? 90 : 40);
            using IChunkDecoder decoder = TestClips.Decoder(format);
            int first = 0;
            for (int g = 0; g < groups.Length; g++)
            {
                VideoFrame[] shown = decoder.Decode(coded[g].Payloads, groups[g], CancellationToken.None);

                Assert.Equal(groups[g], shown.Length);
                Assert.All(shown, f => Assert.Equal(format, f.Format));
                Assert.Equal(coded[g].PsnrDb, GroupPsnr.Of(frames[first..(first + groups[g])], shown), 1e-9);
                Assert.Equal(coded[g].Payloads.Sum(p => p.Length), coded[g].Parts.Values.Sum());
                Assert.Equal(coded[g].Parts, decoder.Parts);
                first += groups[g];
            }
        }
    }

    [Fact]
    public void FittedNetworksAreKeptToTheEndOfTheChunk()
    {
        int[] groups = [1, 3, 3];
        var format = new VideoFormat(96, 64, ChromaFormat.Yuv420);
        VideoFrame[] frames = TestClips.Moving(format, 7);
        EncodedGroup[] fitted = TestClips.Encode(frames, groups, effort: 4), unfitted = TestClips.Encode(frames, groups);
        VideoFrame[][] shown = TestClips.Decode(format, fitted, groups);

        Assert.True(fitted.Sum(Bytes) < unfitted.Sum(Bytes));
        for (int g = 0, first = 0; g < groups.Length; first += groups[g++])
        {
            Assert.Equal(fitted[g].PsnrDb, GroupPsnr.Of(frames[first..(first + groups[g])], shown[g]), 1e-9);
        }
    }

    [Fact]
    public void TheBestQualityIsCloseToTheFrames()
    {
        VideoFrame[] frames = TestClips.Moving(s_format, 9);
        EncodedGroup[] best = TestClips.Encode(frames, [1, 8], 100), small = TestClips.Encode(frames, [1, 8], 10);

        Assert.All(best, g => Assert.InRange(g.PsnrDb, 42, 100));
        Assert.True(small.Sum(Bytes) < best.Sum(Bytes) / 4);
        Assert.True(small[1].PsnrDb < best[1].PsnrDb - 6);
    }

    [Fact]
    public void SkippedGroupsLeadToTheSameFrames()
    {
        int[] groups = [1, 8, 3, 4];
        EncodedGroup[] coded = TestClips.Encode(TestClips.Moving(s_format, 16), groups);
        VideoFrame[][] shown = TestClips.Decode(s_format, coded, groups);
        using IChunkDecoder decoder = TestClips.Decoder(s_format);
        for (int g = 0; g < 3; g++)
        {
            Assert.Equal(shown[g][^1].Samples, decoder.Skip(coded[g].Payloads, groups[g], CancellationToken.None).Samples);
        }

        Assert.Equal(shown[3].Select(f => f.Samples), decoder.Decode(coded[3].Payloads, 4, CancellationToken.None).Select(f => f.Samples));
    }

    [Fact]
    public void AGroupWithoutItsSecondPayloadCanStillBeSkipped()
    {
        int[] groups = [1, 4, 4];
        EncodedGroup[] coded = TestClips.Encode(TestClips.Moving(s_format, 9), groups);
        VideoFrame[][] shown = TestClips.Decode(s_format, coded, groups);
        using IChunkDecoder decoder = TestClips.Decoder(s_format);
        decoder.Skip(coded[0].Payloads, 1, CancellationToken.None);

        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode([coded[1].Payloads[0]], 4, CancellationToken.None));
        Assert.Equal(shown[1][^1].Samples, decoder.Skip([coded[1].Payloads[0]], 4, CancellationToken.None).Samples);
        Assert.Equal(shown[2].Select(f => f.Samples), decoder.Decode(coded[2].Payloads, 4, CancellationToken.None).Select(f => f.Samples));
    }

    [Fact]
    public void AStillClipCostsItsFirstGroup()
    {
        int[] groups = [1, 8, 8, 8];
        EncodedGroup[] coded = TestClips.Encode(TestClips.Moving(new VideoFormat(160, 96, ChromaFormat.Yuv420), 25, speed: 0), groups, quality: 60);

        Assert.All(coded.Skip(1), g => Assert.InRange(Bytes(g), 1, Bytes(coded[0]) / 50));
        Assert.All(coded.Skip(1), g => Assert.InRange(g.PsnrDb, coded[0].PsnrDb - 0.5, 100));
    }

    [Fact]
    public void ThreadsMayShareTheWeights()
    {
        int[] groups = [1, 4];
        EncodedGroup[][] chunks = [TestClips.Encode(TestClips.Moving(s_format, 5), groups), TestClips.Encode(TestClips.Moving(s_format, 5, speed: -4), groups)];
        byte[][] expected = [.. chunks.Select(c => Samples(TestClips.Decode(s_format, c, groups)))];

        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Assert.Equal(expected[i % 2], Samples(TestClips.Decode(s_format, chunks[i % 2], groups))));
    }

    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(2, new[] { 1 })]
    [InlineData(3, new[] { 1, 2 })]
    [InlineData(7, new[] { 3, 1, 5, 2, 4, 6 })]
    [InlineData(8, new[] { 4, 2, 6, 1, 3, 5, 7 })]
    public void PicturesBetweenAnchorsComeLevelByLevel(int frames, int[] expected)
    {
        GroupOrder[] order = GroupOrder.Of(frames);

        Assert.Equal(expected, order.Select(o => o.Picture));
        var known = new HashSet<int> { 0, frames };
        foreach (GroupOrder o in order)
        {
            Assert.True(known.Contains(o.Before) && known.Contains(o.After) && o.Before < o.Picture && o.Picture < o.After);
            Assert.InRange(o.Level, 1, 3);
            known.Add(o.Picture);
        }
    }

    private static int Bytes(EncodedGroup group) => group.Payloads.Sum(p => p.Length);

    private static byte[] Samples(VideoFrame[][] groups) => [.. groups.SelectMany(g => g).SelectMany(f => f.Samples)];
}
