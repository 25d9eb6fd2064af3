namespace Codecs.Evaluation.Tests.Reports;

public sealed class TextReportTests
{
    [Fact]
    public void ASentenceSaysWhoWinsByHowMuch()
    {
        Assert.Equal(
            "mlicv2 vs jpeg: BD-rate -52.1 % (PSNR), +3.0 % (MS-SSIM), BD-PSNR – ",
            TextReport.Sentence(new CurveComparison("mlicv2", "jpeg", -52.06, 2.96, null)) + " ");
        Assert.Equal("mlicv2 vs jpeg: the curves share no range", TextReport.Sentence(new CurveComparison("mlicv2", "jpeg", null, null, null)));
    }

    [Fact]
    public void ColumnsAreAligned()
    {
        using var output = new StringWriter();
        TextReport.Write(Samples.TwoCurves(), output);
        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n');

        Assert.Equal("made up ünïcode: 1 picture, means over all of them; 1 skipped", lines[0]);
        int end = lines[2].IndexOf("bpp", StringComparison.Ordinal) + 3;
        string[] rows = [.. lines.Where(l => l.Contains(" quality ", StringComparison.Ordinal))];
        Assert.Equal(8, rows.Length);
        Assert.All(rows, row => Assert.Matches(@"\d\.\d{4}$", row[..end]));
        string sentence = Assert.Single(lines, l => l.StartsWith("mlicv2 vs jpeg: BD-rate -", StringComparison.Ordinal));
        Assert.Matches(@"\(MS-SSIM\), [-+]\S+ % \(HaarPSI\), .* % \(GMSD\), BD-PSNR", sentence);
        Assert.Contains("Skipped: b.png", lines);
    }

    [Fact]
    public void EqualBytesHaveATableAndWins()
    {
        using var output = new StringWriter();
        TextReport.Write(Samples.WithEqualBytes(), output);
        string text = output.ToString();

        Assert.Matches(@"quality 1 +mlicv2 +1000 +0\.1000 +0 +27\.00 +0\.95000 ", text);
        Assert.Matches(@"quality 1 +avif \(reduced\) +900 +0\.0900 +0 +29\.00 +0\.90000 ", text);
        Assert.Contains("Pictures of 1 on which mlicv2 is better", text, StringComparison.Ordinal);
        Assert.Matches(@"quality 1 +avif \(reduced\) +0 +1 +1 +1 +1 +1 +1\s", text);
    }

    [Fact]
    public void MissingValuesAreDashes()
    {
        using var output = new StringWriter();
        TextReport.Write(Samples.Result(Samples.Curve("png", true, (8, null, null))), output);

        Assert.Matches(@"png +quality 0 +8\.0000 +– +1\.00000 +–", output.ToString());
    }

    [Fact]
    public void SoundsHaveTheirOwnTableAndSentences()
    {
        using var output = new StringWriter();
        AudioTextReport.Write(Samples.TwoAudioCurves(), output);
        string text = output.ToString();

        Assert.StartsWith("made up: 1 sound, means over all of them; 1 skipped", text, StringComparison.Ordinal);
        Assert.Matches(@"opus +kbit/s 1 +24\.00 +29\.00 ", text);
        Assert.Matches(@"walloc-audio vs opus: BD-rate [+-]\d+\.\d % \(mel\), [+-]\d+\.\d % \(PSNR\)", text);
        Assert.DoesNotContain("STOI", text, StringComparison.Ordinal);
        Assert.Equal("a vs b: the curves share no range", AudioTextReport.Sentence(new AudioCurveComparison("a", "b", null, null)));

        using var speech = new StringWriter();
        AudioTextReport.Write(Samples.TwoSpeechCurves(), speech);
        Assert.Contains("ESTOI", speech.ToString(), StringComparison.Ordinal);
        Assert.Contains("STOI at kbit/s", speech.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"opus +kbit/s 1 +24\.00 .* 62\.3x +0\.50x", speech.ToString());
        Assert.Matches(@"walloc-audio vs opus: BD-rate [+-]?\d+\.\d % \(STOI\), [+-]?\d+\.\d % \(MOS\), [+-]\d+\.\d % \(mel\)", speech.ToString());
    }
}
