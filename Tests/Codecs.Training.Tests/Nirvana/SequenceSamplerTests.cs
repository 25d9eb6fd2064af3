using Codecs.Formats.Media;
using Codecs.Training.Data;
using Codecs.Training.Nirvana;

namespace Codecs.Training.Tests.Nirvana;

[Trait("needs", "ffmpeg")]
public sealed class SequenceSamplerTests
{
    [Fact]
    public void StillsCutsAndPhotographsInMotionComeInTheirProportions()
    {
        using var folder = new TempFolder();
        TestMedia.CopyTo(folder);
        using PhotoCache photos = PhotoCache.Open(folder.Options, static _ => { });
        using VideoCache videos = VideoCache.Open(folder.Options, static _ => { });
        var sampler = new SequenceSampler(photos, videos);
        var random = new Random(1);

        TrainingSequence[] drawn = [.. Enumerable.Range(0, 400).Select(_ => sampler.Draw(random))];

        Assert.InRange(drawn.Count(s => s.Distance == 0), 55, 105);
        Assert.InRange(drawn.Count(s => s.Format.Chroma == ChromaFormat.Rgb), 20, 60);
        Assert.Equal([0, 1, 2, 4, 8], drawn.Select(s => s.Distance).Distinct().Order());
        Assert.All(drawn, s => Assert.InRange(s.RateIndex, 18, 61));
        foreach (TrainingSequence sequence in drawn.Take(40))
        {
            VideoFrame first = sequence.Frame(0), last = sequence.Frame(sequence.Distance);
            Assert.Equal((sequence.Format, sequence.Format), (first.Format, last.Format));
            Assert.True(first.Samples.Distinct().Count() > 20, "a photograph has more than twenty values");
        }
    }

    [Fact]
    public void ACutIsAPartOfTheFrame()
    {
        using var folder = new TempFolder();
        TestMedia.CopyTo(folder);
        using VideoCache videos = VideoCache.Open(folder.Options, static _ => { });
        using VideoReader reader = VideoReader.Open(TestMedia.Clip);
        reader.Read();
        VideoFrame whole = reader.Read()!;

        VideoFrame cut = videos.Read(videos.Clips[0], 1, 10, 4, 160);

        for (int p = 0; p < 3; p++)
        {
            int columns = whole.Format.PlaneWidth(p), size = cut.Format.PlaneWidth(p), x = p == 0 ? 10 : 5, y = p == 0 ? 4 : 2;
            for (int row = 0; row < size; row++)
            {
                Assert.Equal(whole.Plane(p).Slice(((y + row) * columns) + x, size).ToArray(), cut.Plane(p).Slice(row * size, size).ToArray());
            }
        }
    }
}
