using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Measuring;

[Trait("needs", "ffmpeg")]
public sealed class VideoEvaluationTests : IDisposable
{
    private static readonly VideoEvaluationOptions s_small = new() { Size = (96, 64), Frames = 5 };

    private readonly MediaFiles _files = new();

    private static string Bunny => Path.Combine(AppContext.BaseDirectory, "Data", "Video", "bunny.mp4");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void RateIsTheWholeFileOverThePixelsOfAllFrames()
    {
        VideoEvaluationResult result = new VideoEvaluation([new FakeVideoContender("fake", false, new(10, 0.5, 8), new(90, 2, 2))], s_small).Run("set", [Bunny]);

        EvaluatedClip clip = Assert.Single(result.Clips);
        Assert.Equal(("bunny.mp4", 96, 64, 5, 25.0), (clip.Name, clip.Width, clip.Height, clip.Frames, clip.FramesPerSecond));
        VideoRatePoint point = result.Codecs[0].Points[0];
        Assert.Equal((1920, 0.5), (point.Clips[0].Bytes, point.BitsPerPixel));
        Assert.Equal(1920 * 8 / 0.2 / 1000, point.KbitPerSecond, 9);

        // Luma is wrong by 8 levels everywhere, chroma is exact and counts 60 dB.
        Assert.Equal(30.0691, point.PsnrYDb, 1e-4);
        Assert.Equal(((6 * 30.0691) + 120) / 8, point.PsnrYuvDb, 1e-4);
        Assert.Equal(42.1103, result.Codecs[0].Points[1].PsnrYDb, 1e-4);

        // In RGB of full range the error is 255 / 219 times as large, as far as nothing is clipped.
        Assert.Equal(30.0691 - (20 * Math.Log10(255 / 219.0)), point.PsnrRgbDb, 0.3);
        Assert.InRange(point.MsSsim, 0.5, 0.999);
    }

    [Fact]
    public void WhatComesBackAsRgbIsComparedInTheOriginalsPlanesToo()
    {
        var step = new FakeContender.Step(1, 1, 6);
        VideoEvaluationResult result = new VideoEvaluation([new FakeVideoContender("planes", false, step), new FakeVideoContender("rgb", true, step) { Rgb = true }], s_small).Run("set", [Bunny]);

        VideoRatePoint planes = result.Codecs[0].Points[0], rgb = result.Codecs[1].Points[0];
        Assert.Equal(planes.PsnrRgbDb, rgb.PsnrRgbDb, 0.01);
        Assert.Equal(planes.PsnrYDb, rgb.PsnrYDb, 0.5);

        // The way through RGB costs chroma something.
        Assert.InRange(rgb.PsnrYuvDb, planes.PsnrYuvDb - 8, planes.PsnrYuvDb - 0.1);
    }

    [Fact]
    public void ComparisonsAreMadeVideoByVideoAndAtEqualQuality()
    {
        FakeContender.Step[] steps = [new(1, 0.5, 8), new(2, 1, 4), new(3, 2, 2)];
        FakeContender.Step[] half = [new(1, 0.25, 8), new(2, 0.5, 4), new(3, 1, 2), new(4, 4, 1)];
        string second = Path.Combine(_files.Folder, "again.mp4");
        File.Copy(Bunny, second);
        var evaluation = new VideoEvaluation([new FakeVideoContender("new", false, half), new FakeVideoContender("old", true, steps)], s_small);
        VideoEvaluationResult result = evaluation.Run("set", [Bunny, second]);

        VideoCurveComparison comparison = Assert.Single(result.Comparisons);
        Assert.Equal(("new", "old", 2), (comparison.Codec, comparison.Anchor, comparison.Clips.Count));
        Assert.All([comparison.Mean, .. comparison.Clips], c =>
        {
            // The point beyond the anchor's bends the interpolation a little.
            Assert.Equal(-50, c.BdRatePsnrYuvPercent!.Value, 1.0);
            Assert.Equal([1, 2, 3, 4], c.AtEqualPsnrYuv.Select(at => at.Setting));
            Assert.All(c.AtEqualPsnrYuv.Take(3), at => Assert.Equal(0.5, at.Ratio!.Value, 9));

            // Better than the anchor ever is.
            Assert.Null(c.AtEqualPsnrYuv[3].Ratio);
        });
    }

    [Fact]
    public void ACodecIsWarmedWithAFewFramesAndMeasuredOnce()
    {
        FakeVideoContender codec = new("fake", false, new(1, 1, 4), new(2, 2, 2)) { CacheKey = "fake 1" };
        var cache = new EvaluationCache<VideoMeasurement>();
        VideoEvaluationResult first = new VideoEvaluation([codec], s_small, cache).Run("set", [Bunny]);
        string path = Path.Combine(_files.Folder, EvaluationFiles.VideoCache);
        cache.Save(path);
        FakeVideoContender again = new("fake", false, new(1, 1, 4), new(2, 2, 2)) { CacheKey = "fake 1" };
        VideoEvaluationResult second = new VideoEvaluation([again], s_small, EvaluationCache.Load<VideoMeasurement>(path)).Run("set", [Bunny]);

        Assert.Equal([4, 5, 5], codec.Encoded);
        Assert.Empty(again.Encoded);
        Assert.Equal(first.Codecs[0].Points[1].Clips, second.Codecs[0].Points[1].Clips);
    }

    [Fact]
    public void VideosThatCannotBeReadOrDoNotComeBackWholeAreSkipped()
    {
        string broken = _files.AddBytes("broken.mp4", [1, 2, 3, 4]);
        var step = new FakeContender.Step(1, 1, 1);
        VideoEvaluationResult result = new VideoEvaluation([new FakeVideoContender("fake", false, step)], s_small).Run("set", [broken, Bunny]);
        Assert.Equal("broken.mp4", Assert.Single(result.Skipped).Name);

        var lossy = new VideoEvaluation([new FakeVideoContender("lossy", false, step) { Lost = 1 }], s_small);
        MediaException error = Assert.Throws<MediaException>(() => lossy.Run("set", [Bunny]));
        Assert.Contains("lossy was given 5 frames of 96 x 64 pixels and returned 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void X264MakesASensibleCurveAndSamplesThatPlay()
    {
        var x264 = new ClassicalVideoContender(ClassicalVideoCodec.X264, "ultrafast");
        Assert.SkipUnless(x264.IsAvailable, "This ffmpeg has no x264.");
        FakeVideoContender ours = new("ours", false, new(10, 0.3, 8), new(20, 1.5, 3));
        var evaluation = new VideoEvaluation([ours, x264], s_small);
        VideoEvaluationResult result = evaluation.Run("bunny", [Bunny]);
        int encoded = ours.Encoded.Count;
        IReadOnlyList<WatchingSheet> sheets = evaluation.WriteSamples(result, [Bunny], 1, _files.Folder);

        IReadOnlyList<VideoRatePoint> points = result.Codecs[1].Points;
        Assert.Equal("x264:ultrafast", result.Codecs[1].Name);
        Assert.Equal(points.OrderBy(p => p.BitsPerPixel), points);
        Assert.Equal(points.OrderBy(p => p.PsnrYuvDb), points);
        Assert.InRange(points[^1].PsnrRgbDb, 35, 55);

        // What was measured is shown, without encoding it again.
        Assert.Equal(encoded, ours.Encoded.Count);
        WatchingSheet sheet = Assert.Single(sheets);
        Assert.Equal([10, 20], sheet.Points.Select(p => p.Setting));
        Assert.All(sheet.Points, p => Assert.Equal(["ours", "x264:ultrafast"], p.Samples.Select(s => s.Codec)));
        double nearest = points.MinBy(p => Math.Abs(Math.Log(p.BitsPerPixel / 0.3)))!.Setting;
        Assert.Equal(nearest, sheet.Points[0].Samples[1].Setting);
        foreach (string file in sheet.Points.SelectMany(p => p.Samples).Select(s => s.File).Append(sheet.Original))
        {
            VideoInfo info = VideoReader.Identify(Path.Combine(_files.Folder, file));
            Assert.Equal(("h264", 96, 64, 5L), (info.Codec, info.Format.Width, info.Format.Height, info.FrameCount));
        }
    }
}
