namespace Codecs.Evaluation;

/// <summary>An evaluation on sounds as aligned plain text, for standard output.</summary>
public static class AudioTextReport
{
    /// <summary>Writes the curves, mel distance and PSNR at round rates and one sentence for each comparison.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Where to.</param>
    public static void Write(AudioEvaluationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(
            $"{result.DataSet}: {Cell.Count(result.Sounds.Count, "sound")}, means over all of them{(result.Skipped.Count == 0 ? "" : $"; {result.Skipped.Count} skipped")}");
        output.WriteLine();
        WriteCurves(result, output);
        WriteRates(result, AudioMeasure.Mel, "Mel distance (lower is better) at kbit/s", output);
        WriteRates(result, AudioMeasure.Psnr, "PSNR at peak 0.5 (dB) at kbit/s", output);
        if (result.Comparisons.Count > 0)
        {
            output.WriteLine();
            foreach (AudioCurveComparison comparison in result.Comparisons)
            {
                output.WriteLine(Sentence(comparison));
            }
        }

        if (result.Skipped.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"Skipped: {string.Join(", ", result.Skipped.Select(s => s.Name))}");
        }
    }

    /// <summary>One comparison in words, such as "walloc-audio vs mp3: BD-rate -12.1 % (mel), +30.3 % (PSNR)".</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Sentence(AudioCurveComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison is { BdRateMelPercent: null, BdRatePsnrPercent: null }
            ? $"{comparison.Codec} vs {comparison.Anchor}: the curves share no range"
            : $"{comparison.Codec} vs {comparison.Anchor}: BD-rate {Cell.Signed(comparison.BdRateMelPercent, "0.0", " %")} (mel), " +
              $"{Cell.Signed(comparison.BdRatePsnrPercent, "0.0", " %")} (PSNR)";
    }

    private static void WriteCurves(AudioEvaluationResult result, TextWriter output)
    {
        AudioMeasure[] measures = [.. AudioMeasure.All.Where(m => result.Speech || !m.SpeechOnly)];
        var table = new TextTable(["codec", "setting", "kbit/s", .. measures.Select(m => m.Title), "encode s", "decode s"]);
        foreach (AudioContenderResult codec in result.Codecs)
        {
            table.AddRule();
            foreach (AudioRatePoint point in codec.Points)
            {
                table.AddRow(
                [
                    codec.Name,
                    $"{codec.SettingName} {Cell.Text(point.Setting, "0.###")}",
                    Cell.Text(point.KbitPerSecond, "0.00"),
                    .. measures.Select(m => Cell.Text(m.Of(point.Scores), m.Format)),
                    Cell.Text(point.EncodeSeconds, "0.000"),
                    Cell.Text(point.DecodeSeconds, "0.000"),
                ]);
            }
        }

        table.Write(output);
    }

    private static void WriteRates(AudioEvaluationResult result, AudioMeasure measure, string title, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(title);
        var table = new TextTable(["codec", .. AudioEvaluation.TableRates.Select(rate => Cell.Text(rate, "0"))]);
        table.AddRule();
        foreach (AudioContenderResult codec in result.Codecs)
        {
            table.AddRow([codec.Name, .. codec.ScoresAtRates.Select(at => Cell.Text(measure.Of(at.Scores), measure.Format))]);
        }

        table.Write(output);
    }
}
