using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.EqualBytes;

public sealed class EqualBytesEvaluationTests : IDisposable
{
    private readonly MediaFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void RivalsGetTheBytesOfEachFileAndWinsAreCounted()
    {
        // Twice as wrong as the codec under test at its better setting, half as wrong at its worse one.
        var codec = new FakeContender("new", false, new(10, 1, 16), new(20, 4, 4));
        var rival = new FakeScaledContender("old", 0, _ => 8);
        EvaluationResult result = Run(codec, [rival], ["a.png", "b.png"], 0, out _);

        EqualBytesPoint low = result.EqualBytes![0];
        Assert.Equal(("new", "quality", 10.0), (low.Codec, low.SettingName, low.Setting));
        Assert.Equal(["new", "old", "old (reduced)"], low.Entries.Select(e => e.Name));
        Assert.Equal((1.0, 512.0, 0), (low.Entries[0].BitsPerPixel, low.Entries[0].MeanBytes, low.Entries[0].TooLarge));
        Assert.Null(low.Entries[0].Wins);

        // 64 x 64 pixels at 12 % are the last size below 512 bytes.
        EqualBytesEntry old = low.Entries[1];
        Assert.All(old.Files, f => Assert.Equal((12.0, 1, 491L), (f.Setting, f.Reduction, f.Measurement.Bytes)));
        Assert.Equal(0, old.TooLarge);
        Assert.Equal(30.0691, old.PsnrDb!.Value, 1e-4);
        Assert.All(old.Wins!.InOrder, count => Assert.Equal(0, count));
        Assert.All(result.EqualBytes[1].Entries[1].Wins!.InOrder, count => Assert.Equal(2, count));
    }

    [Fact]
    public void WhatIsTooLargeIsTakenAndCounted()
    {
        var codec = new FakeContender("new", false, new FakeContender.Step(1, 0.01, 16));
        EqualBytesPoint point = Run(codec, [new FakeScaledContender("old", 100, _ => 1)], ["a.png"], 0, out _).EqualBytes![0];

        // 5 bytes; 100 and a hundredth of 64 x 64, of 16 x 16 where it may be reduced (an eighth would be below 16 pixels).
        Assert.Equal((1, 140.0), (point.Entries[1].TooLarge, point.Entries[1].MeanBytes));
        Assert.Equal((1, 102.0, 4), (point.Entries[2].TooLarge, point.Entries[2].MeanBytes, point.Entries[2].Files[0].Reduction));
        Assert.Equal(8 * 140 / 4096.0, point.Entries[1].BitsPerPixel, 12);
    }

    [Fact]
    public void TheReducedPictureIsUsedWhereItIsBetter()
    {
        // Smooth, so that little is lost by halving; at full size the few bytes leave a large error.
        string[] pictures = [MediaFiles.Shipped("lake.png")];
        Image lake = ImageFile.Read(pictures[0]).Image;
        var codec = new FakeContender("new", false, new FakeContender.Step(1, 0.4, 16));
        var rival = new FakeScaledContender("old", 0, setting => setting < 10 ? 60 : 0);
        EvaluationResult measured = new ImageEvaluation([codec]).Run("set", pictures);
        EqualBytesPoint point = new EqualBytesEvaluation(codec, [rival]).Run(measured, pictures, 0, _files.Folder).Result.EqualBytes![0];

        EqualBytesFile reduced = point.Entries[2].Files[0];
        Assert.Equal(1, point.Entries[1].Files[0].Reduction);
        Assert.Equal(2, reduced.Reduction);
        Assert.True(reduced.Measurement.Bytes <= lake.PixelCount * 0.05);
        Assert.True(reduced.Measurement.PsnrDb > point.Entries[1].Files[0].Measurement.PsnrDb);
        Assert.True(PictureMeasure.Overall(reduced.Measurement) > PictureMeasure.Overall(point.Entries[1].Files[0].Measurement));
    }

    [Fact]
    public void RealCodecsStayWithinTheBytes()
    {
        string[] pictures = [MediaFiles.Shipped("lake.png")];
        var codec = new FakeContender("new", false, new(1, 0.5, 30), new(2, 1, 10));
        EvaluationResult measured = new ImageEvaluation([codec]).Run("set", pictures);
        ClassicalContender[] rivals = [new(ClassicalCodec.Jpeg), new(ClassicalCodec.WebP)];
        EvaluationResult result = new EqualBytesEvaluation(codec, rivals).Run(measured, pictures, 0, _files.Folder).Result;

        EqualBytesPoint point = result.EqualBytes![1];
        Assert.Equal(["new", "jpeg", "jpeg (reduced)", "webp", "webp (reduced)"], point.Entries.Select(e => e.Name));
        Assert.All(point.Entries, e => Assert.InRange(e.BitsPerPixel, 0.5, 1));
        Assert.All(result.EqualBytes[0].Entries.Where(e => e.Name.EndsWith("(reduced)", StringComparison.Ordinal)), e => Assert.Equal(0, e.TooLarge));
    }

    [Fact]
    public void SamplesAreWrittenOnceEach()
    {
        var codec = new FakeContender("new", false, new(10, 1, 16), new(20, 4, 4));
        Run(codec, [new FakeScaledContender("old", 0, _ => 8)], ["a.png", "b.png"], 1, out IReadOnlyList<ViewingSheet> sheets);

        ViewingSheet sheet = Assert.Single(sheets);
        Assert.Equal(("a.png", "samples/01-a-original.png"), (sheet.Name, sheet.Original));
        Assert.Equal([10, 20], sheet.Points.Select(p => p.Setting));
        Assert.Equal(
            [("new", "samples/01-a-new-10.png"), ("old", "samples/01-a-old-12.png"), ("old (reduced)", "samples/01-a-old-12.png")],
            sheet.Points[0].Samples.Select(s => (s.Codec, s.File)));
        Image shown = ImageFile.Read(Path.Combine(_files.Folder, sheet.Points[0].Samples[0].File)).Image;
        Assert.Equal((64, 64), (shown.Width, shown.Height));
    }

    [Fact]
    public void WithoutRivalsThereIsNothingToCompare()
    {
        var codec = new FakeContender("new", false, new FakeContender.Step(1, 1, 1));

        Assert.ThrowsAny<ArgumentException>(() => new EqualBytesEvaluation(codec, []));
        Assert.Throws<ArgumentException>(() => new EqualBytesEvaluation(codec, [new FakeScaledContender("new", 0, _ => 0)]));
    }

    private EvaluationResult Run(
        FakeContender codec, IReadOnlyList<IScaledContender> rivals, string[] names, int samples, out IReadOnlyList<ViewingSheet> sheets)
    {
        string[] pictures = [.. names.Select(name => _files.Add(name, 64, 64))];
        EvaluationResult measured = new ImageEvaluation([codec]).Run("set", pictures);
        (EvaluationResult result, sheets) = new EqualBytesEvaluation(codec, rivals).Run(measured, pictures, samples, _files.Folder);
        return result;
    }
}
