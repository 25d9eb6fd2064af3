namespace Codecs.Evaluation.Tests;

/// <summary>Results without pictures behind them.</summary>
internal static class Samples
{
    public static ContenderResult Curve(string name, bool isAnchor, params (double Bpp, double? Psnr, double? MsSsimDb)[] points) => new(
        name,
        "made up",
        "quality",
        isAnchor,
        [.. points.Select((p, i) => new RatePoint(
            i, p.Bpp, p.Psnr, 1 - Math.Pow(10, -(p.MsSsimDb ?? 100) / 10), p.MsSsimDb, 0.25, 0.125, [new PictureMeasurement(1000 + i, p.Psnr, 0.95, 0.25, 0.125) { Scores = Scores(p.Bpp) }])
        {
            Scores = Scores(p.Bpp),
        })],
        [new QualityAtRate(0.5, points[0].Psnr), new QualityAtRate(1, null)]);

    /// <summary>Scores that get better with the rate, the last two by falling.</summary>
    public static PictureScores Scores(double bpp) => new(1 - (0.1 / bpp), 1 - (0.2 / bpp), 100 - (10 / bpp), 0.05 / bpp, 0.025 / bpp);

    public static EvaluationResult Result(params ContenderResult[] codecs) => new()
    {
        DataSet = "made up ünïcode",
        Created = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero),
        Software = "codecs 0.1.0",
        Machine = "test",
        Pictures = [new EvaluatedPicture("a.png", 96, 64, "00ff")],
        Skipped = [new SkippedFile("b.png", "It is no picture.")],
        Codecs = codecs,
        Comparisons = [.. from c in codecs where !c.IsAnchor from a in codecs where a.IsAnchor select CurveComparer.Compare(c, a)],
    };

    public static EvaluationResult TwoCurves() => Result(
        Curve("mlicv2", false, (0.1, 27, 9), (0.4, 31, 13), (1.0, 36, 18), (1.8, 40, 22)),
        Curve("jpeg", true, (0.2, 26, 8), (0.6, 30, 13), (1.2, 34, 17), (2.4, 38, 21)));

    /// <summary>At one setting, with one rival that is better by PSNR alone.</summary>
    public static EvaluationResult WithEqualBytes()
    {
        EvaluationResult result = TwoCurves();
        PictureMeasurement ours = result.Codecs[0].Points[0].Pictures[0];
        PictureMeasurement theirs = new(900, 29, 0.9, 0, 0) { Scores = Scores(0.05) };
        return result with
        {
            EqualBytes =
            [
                new EqualBytesPoint("mlicv2", "quality", 1,
                [
                    new("mlicv2", 1000, 0.1, 0, 27, 0.95, ours.Scores, null, [new(1, 1, ours)]),
                    new("avif (reduced)", 900, 0.09, 0, 29, 0.9, theirs.Scores, PictureWins.Of([ours], [theirs]), [new(7, 4, theirs)]),
                ]),
            ],
        };
    }

    public static AudioContenderResult AudioCurve(string name, bool isAnchor, params (double Kbit, double? Mel, double? Psnr)[] points) => new(
        name,
        "made up",
        "kbit/s",
        isAnchor,
        [.. points.Select((p, i) => new AudioRatePoint(i, p.Kbit, Scores(p.Mel, p.Psnr), 0.25, 0.125, [new SoundMeasurement(1000 + i, Scores(p.Mel, p.Psnr), 0.25, 0.125)]))],
        [.. AudioEvaluation.TableRates.Select(rate => new ScoresAtRate(rate, Scores(points[0].Mel, null)))]);

    public static AudioEvaluationResult AudioResult(params AudioContenderResult[] codecs) => new()
    {
        DataSet = "made up",
        Created = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero),
        Software = "codecs 0.1.0",
        Machine = "test",
        Speech = false,
        Sounds = [new EvaluatedSound("a.flac", 48_000, 2, 96_000, "00ff")],
        Skipped = [new SkippedFile("b.flac", "It is no sound.")],
        Codecs = codecs,
        Comparisons = [.. from c in codecs where !c.IsAnchor from a in codecs where a.IsAnchor select CurveComparer.Compare(c, a)],
    };

    public static AudioEvaluationResult TwoAudioCurves() => AudioResult(
        AudioCurve("walloc-audio", false, (20, 1.2, 28), (40, 0.8, 32), (80, 0.5, 36)),
        AudioCurve("opus", true, (12, 1.4, 26), (24, 0.8, 29), (96, 0.4, 38)));

    public static AudioEvaluationResult TwoSpeechCurves()
    {
        AudioEvaluationResult result = TwoAudioCurves();
        AudioContenderResult[] codecs = [.. result.Codecs.Select(c => c with
        {
            Points = [.. c.Points.Select(p => p with
            {
                Scores = p.Scores with { Stoi = 1 - (4 / p.KbitPerSecond), Estoi = 1 - (6 / p.KbitPerSecond), SpeechMos = 4.5 - (8 / p.KbitPerSecond) },
                EncodeSpeed = 62.345,
                DecodeSpeed = 0.5,
            })],
        })];
        return result with { Speech = true, Codecs = codecs, Comparisons = [CurveComparer.Compare(codecs[0], codecs[1])] };
    }

    public static VideoContenderResult VideoCurve(string name, bool isAnchor, params (double Bpp, double Psnr)[] points)
    {
        VideoMeasurement Measurement((double Bpp, double Psnr) p, double factor) =>
            new((long)(1000 * p.Bpp * factor), p.Bpp * factor, p.Psnr, p.Psnr - 1, p.Psnr - 2, 1 - Math.Pow(10, -p.Psnr / 20), 2, 1);
        return new(name, "made up", isAnchor ? "crf" : "quality", isAnchor, [.. points.Select((p, i) => new VideoRatePoint(
            i, p.Bpp, p.Bpp * 300, p.Psnr, p.Psnr - 1, p.Psnr - 2, 1 - Math.Pow(10, -p.Psnr / 20), 0.2, 0.1, [Measurement(p, 0.5), Measurement(p, 1.5)]))]);
    }

    public static VideoEvaluationResult VideoResult(params VideoContenderResult[] codecs) => new()
    {
        DataSet = "made up",
        Created = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero),
        Software = "codecs 0.1.0",
        Machine = "test",
        Clips = [new EvaluatedClip("a.mp4", 320, 180, 50, 25, "00ff"), new EvaluatedClip("b.mp4", 176, 144, 30, 29.97, "00fe")],
        Skipped = [new SkippedFile("c.mp4", "It is no video.")],
        Codecs = codecs,
        Comparisons = [.. from c in codecs where !c.IsAnchor from a in codecs where a.IsAnchor select VideoComparer.Compare(c, a)],
    };

    /// <summary>Ours needs 20 % fewer bytes than the anchor at equal quality; its last point is better than the anchor ever is.</summary>
    public static VideoEvaluationResult TwoVideoCurves() => VideoResult(
        VideoCurve("nirvana", false, (0.04, 30), (0.08, 34), (0.4, 42)),
        VideoCurve("x264", true, (0.05, 30), (0.1, 34), (0.2, 37)));

    private static AudioScores Scores(double? mel, double? psnr) => new(psnr, 1, 2, mel, 3, 4, 5, null, null, null);
}
