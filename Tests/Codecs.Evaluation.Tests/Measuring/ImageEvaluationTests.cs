using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Measuring;

public sealed class ImageEvaluationTests : IDisposable
{
    private readonly MediaFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void AveragesAreMeansOfThePicturesOwnValues()
    {
        string[] pictures = [_files.Add("a.png", 64, 48), _files.Add("b.png", 32, 32)];
        EvaluationResult result = new ImageEvaluation([new FakeContender("fake", false, new(10, 0.5, 8), new(90, 2, 2))]).Run("set", pictures);

        RatePoint point = result.Codecs[0].Points[0];
        Assert.Equal(10, point.Setting);
        Assert.Equal([192, 64], point.Pictures.Select(p => p.Bytes));
        Assert.Equal(0.5, point.BitsPerPixel, 12);

        // Every sample is wrong by 8 levels: MSE 64, PSNR 10 log10(65025 / 64).
        Assert.Equal(30.0691, point.PsnrDb!.Value, 1e-4);
        Assert.Equal(42.1103, result.Codecs[0].Points[1].PsnrDb!.Value, 1e-4);
        Assert.Equal((point.Pictures[0].MsSsim + point.Pictures[1].MsSsim) / 2, point.MsSsim, 12);
        Assert.Equal(-10 * Math.Log10(1 - point.MsSsim), point.MsSsimDb!.Value, 9);
        Assert.Equal([("a.png", 64, 48), ("b.png", 32, 32)], result.Pictures.Select(p => (p.Name, p.Width, p.Height)));
    }

    [Fact]
    public void CurvesAreReadAtRoundRates()
    {
        EvaluationResult result = new ImageEvaluation([new FakeContender("fake", false, new(1, 0.25, 8), new(2, 1, 2))]).Run("set", [_files.Add("a.png", 64, 64)]);

        // From 30.0691 dB at 0.25 to 42.1103 dB at 1; 0.5 is half-way in the logarithm.
        Assert.Equal([0.2, 0.25, 0.5, 0.75, 1, 1.5], result.Codecs[0].PsnrAtRates.Select(q => q.BitsPerPixel));
        Assert.Null(result.Codecs[0].PsnrAtRates[0].PsnrDb);
        Assert.Equal(36.0897, result.Codecs[0].PsnrAtRates[2].PsnrDb!.Value, 1e-4);
        Assert.Null(result.Codecs[0].PsnrAtRates[5].PsnrDb);
    }

    [Fact]
    public void CodecsUnderTestAreComparedWithEveryAnchor()
    {
        FakeContender.Step[] steps = [new(1, 0.5, 8), new(2, 1, 4), new(3, 2, 2)];
        FakeContender.Step[] half = [new(1, 0.25, 8), new(2, 0.5, 4), new(3, 1, 2)];
        var evaluation = new ImageEvaluation([new FakeContender("new", false, half), new FakeContender("old", true, steps), new FakeContender("older", true, steps)]);
        EvaluationResult result = evaluation.Run("set", [_files.Add("a.png", 64, 64)]);

        Assert.Equal([("new", "old"), ("new", "older")], result.Comparisons.Select(c => (c.Codec, c.Anchor)));
        Assert.All(result.Comparisons, c => Assert.Equal(-50, c.BdRatePsnrPercent!.Value, 6));
        Assert.All(result.Comparisons, c => Assert.Equal(-50, c.BdRateMsSsimPercent!.Value, 6));
    }

    [Fact]
    public void UnreadablePicturesAreSkippedWithAWarning()
    {
        string[] pictures = [_files.AddBytes("broken.png", [1, 2, 3, 4]), _files.Add("good.png", 32, 32), Path.Combine(_files.Folder, "missing.png")];
        var warnings = new List<string>();
        EvaluationResult result = new ImageEvaluation([new FakeContender("fake", false, new FakeContender.Step(1, 1, 1))]).Run("set", pictures, warn: warnings.Add);

        Assert.Equal("good.png", Assert.Single(result.Pictures).Name);
        Assert.Equal(["broken.png", "missing.png"], result.Skipped.Select(s => s.Name));
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("broken.png is skipped: ", warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void APictureThatOneCodecCannotHoldIsInNoMean()
    {
        string[] pictures = [_files.Add("narrow.png", 64, 64), _files.Add("wide.png", 80, 64)];
        var step = new FakeContender.Step(1, 1, 1);
        EvaluationResult result = new ImageEvaluation([new FakeContender("all", false, step), new FakeContender("narrow", true, step) { MaxWidth = 64 }]).Run("set", pictures);

        Assert.Equal("wide.png", Assert.Single(result.Skipped).Name);
        Assert.All(result.Codecs, c => Assert.Single(c.Points[0].Pictures));
    }

    [Fact]
    public void NoPictureAtAllIsAnError()
    {
        var evaluation = new ImageEvaluation([new FakeContender("fake", false, new FakeContender.Step(1, 1, 1))]);

        MediaException error = Assert.Throws<MediaException>(() => evaluation.Run("set", [_files.AddBytes("broken.png", [0])]));
        Assert.Contains("broken.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeptMeasurementsAreNotMadeAgain()
    {
        string[] pictures = [_files.Add("a.png", 64, 64)];
        FakeContender.Step[] steps = [new(1, 0.5, 8), new(2, 1, 4)];
        var cache = new EvaluationCache<PictureMeasurement>();
        EvaluationResult first = new ImageEvaluation([new FakeContender("kept", true, steps) { CacheKey = "kept 1" }], cache).Run("set", pictures);
        string path = Path.Combine(_files.Folder, "cache.json");
        cache.Save(path);

        EvaluationCache<PictureMeasurement> loaded = EvaluationCache.Load<PictureMeasurement>(path);
        FakeContender again = new("kept", true, steps) { CacheKey = "kept 1" };
        FakeContender otherVersion = new("kept", true, steps) { CacheKey = "kept 2" };
        FakeContender underTest = new("kept", true, steps);
        EvaluationResult second = new ImageEvaluation([again], loaded).Run("set", pictures);
        _ = new ImageEvaluation([otherVersion], loaded).Run("set", pictures);
        _ = new ImageEvaluation([underTest], loaded).Run("set", pictures);

        Assert.Equal(0, again.Encodings);
        Assert.Equal(first.Codecs[0].Points[1].Pictures, second.Codecs[0].Points[1].Pictures);

        // One more than there are settings: the warm-up is not measured.
        Assert.Equal(3, otherVersion.Encodings);
        Assert.Equal(3, underTest.Encodings);
        Assert.Equal(4, loaded.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"version":99,"entries":{}}""")]
    [InlineData("""{"version":1,"entries":null}""")]
    [InlineData("""{"version":1,"entries":{"x":{"bytes":1}}}""")]
    public void ADamagedCacheIsAnEmptyOne(string content) =>
        Assert.Equal(0, EvaluationCache.Load<PictureMeasurement>(_files.AddBytes("cache.json", System.Text.Encoding.UTF8.GetBytes(content))).Count);

    [Fact]
    public void ProgressEndsAtTheTotalEvenWhenPicturesAreSkipped()
    {
        string[] pictures = [_files.AddBytes("broken.png", [0]), _files.Add("a.png", 32, 32)];
        var reports = new Reports();
        _ = new ImageEvaluation([new FakeContender("fake", false, new(1, 1, 1), new(2, 2, 0))]).Run("set", pictures, reports);

        Assert.Equal((4, 4), (reports.Seen[^1].Done, reports.Seen[^1].Total));
        Assert.Contains(reports.Seen, p => p.Stage == "a.png: fake, quality 2");
    }

    [Fact]
    public void CancellationStopsBeforeTheNextPicture()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var contender = new FakeContender("fake", false, new FakeContender.Step(1, 1, 1));

        Assert.Throws<OperationCanceledException>(() => new ImageEvaluation([contender]).Run("set", [_files.Add("a.png", 32, 32)], cancellation: source.Token));
        Assert.Equal(0, contender.Encodings);
    }

    [Fact]
    public void ContendersNeedNamesOfTheirOwn()
    {
        var step = new FakeContender.Step(1, 1, 1);

        Assert.Throws<ArgumentException>(() => new ImageEvaluation([]));
        Assert.Throws<ArgumentException>(() => new ImageEvaluation([new FakeContender("a", true, step), new FakeContender("a", false, step)]));
        Assert.Throws<ArgumentException>(() => new ImageEvaluation([new FakeContender("a", true)]));
    }

    [Fact]
    public void JpegAndWebPMakeSensibleCurvesOfRealPictures()
    {
        string[] pictures = [MediaFiles.Shipped("lake.png"), MediaFiles.Shipped("lake-alpha.png")];
        EvaluationResult result = new ImageEvaluation([new ClassicalContender(ClassicalCodec.Jpeg), new ClassicalContender(ClassicalCodec.WebP)]).Run("lake", pictures);

        Assert.Empty(result.Skipped);
        Assert.Equal(["jpeg", "webp"], result.Codecs.Select(c => c.Name));
        Assert.All(result.Codecs, codec =>
        {
            Assert.Equal(codec.Points.OrderBy(p => p.BitsPerPixel), codec.Points);
            Assert.Equal(codec.Points.OrderBy(p => p.PsnrDb), codec.Points);
            Assert.InRange(codec.Points[^1].PsnrDb!.Value, 33, 60);
            Assert.InRange(codec.Points[^1].MsSsim, 0.98, 1);
        });

        // The first picture's own file, measured by hand.
        Image lake = ImageFile.Read(pictures[0]).Image;
        Assert.Equal(ClassicalCodec.Jpeg.Encode(lake, 50).Length, result.Codecs[0].Points.Single(p => p.Setting == 50).Pictures[0].Bytes);
    }

    private sealed class Reports : IProgress<CodecProgress>
    {
        public List<CodecProgress> Seen { get; } = [];

        public void Report(CodecProgress value) => Seen.Add(value);
    }
}
