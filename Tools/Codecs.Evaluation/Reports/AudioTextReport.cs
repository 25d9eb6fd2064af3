namespace Codecs.Evaluation;

/// <summary>An evaluation on sounds as aligned plain text, for standard output.</summary>
public static class AudioTextReport
{
    /// <summary>Writes the curves, the most telling measures at round rates and one sentence for each comparison.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Where to.</param>
    public static void Write(AudioEvaluationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(
            $"{result.DataSet}: {Cell.Count(result.Sounds.Count, "sound")}, means over all of them{(result.Skipped.Count == 0 ? "" : $"; {result.Skipped.Count} skipped")}");
        output.WriteLine();
        Curves(result).Write(output);
        foreach ((string title, TextTable table) in AtRates(result))
        {
            output.WriteLine();
            output.WriteLine(title);
            table.Write(output);
        }

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

    /// <summary>One comparison in words, such as "walloc-audio vs mp3: BD-rate -12.1 % (mel), +30.3 % (PSNR)"; of speech with STOI and MOS.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Sentence(AudioCurveComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string who = $"{comparison.Codec} vs {comparison.Anchor}: ";
        string Rate(double? percent, string measure) => $"{Cell.Signed(percent, "0.0", " %")} ({measure})";
        return comparison switch
        {
            { BdRateStoiPercent: not null } or { BdRateSpeechMosPercent: not null } =>
                $"{who}BD-rate {Rate(comparison.BdRateStoiPercent, "STOI")}, {Rate(comparison.BdRateSpeechMosPercent, "MOS")}, {Rate(comparison.BdRateMelPercent, "mel")}",
            { BdRateMelPercent: null, BdRatePsnrPercent: null } => $"{who}the curves share no range",
            _ => $"{who}BD-rate {Rate(comparison.BdRateMelPercent, "mel")}, {Rate(comparison.BdRatePsnrPercent, "PSNR")}",
        };
    }

    /// <summary>All points of all codecs.</summary>
    internal static TextTable Curves(AudioEvaluationResult result)
    {
        AudioMeasure[] measures = [.. AudioMeasure.All.Where(m => result.Speech || !m.SpeechOnly)];
        var table = new TextTable(["codec", "setting", "kbit/s", .. measures.Select(m => m.Title), "encode", "decode"]);
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
                    Cell.Times(point.EncodeSpeed),
                    Cell.Times(point.DecodeSpeed),
                ]);
            }
        }

        return table;
    }

    /// <summary>The curves read at round rates, a table for each of the most telling measures.</summary>
    internal static IEnumerable<(string Title, TextTable Table)> AtRates(AudioEvaluationResult result)
    {
        (AudioMeasure Measure, string Title)[] tables = result.Speech
            ?
            [
                (AudioMeasure.Stoi, "STOI at kbit/s"),
                (AudioMeasure.SpeechMos, "MOS (ViSQOL-style) at kbit/s"),
                (AudioMeasure.Mel, "Mel distance (lower is better) at kbit/s"),
            ]
            : [(AudioMeasure.Mel, "Mel distance (lower is better) at kbit/s"), (AudioMeasure.Psnr, "PSNR at peak 0.5 (dB) at kbit/s")];
        return tables.Select(t => (t.Title, Rates(result, t.Measure)));
    }

    private static TextTable Rates(AudioEvaluationResult result, AudioMeasure measure)
    {
        var table = new TextTable(["codec", .. result.Codecs[0].ScoresAtRates.Select(at => Cell.Text(at.KbitPerSecond, "0.##"))]);
        table.AddRule();
        foreach (AudioContenderResult codec in result.Codecs)
        {
            table.AddRow([codec.Name, .. codec.ScoresAtRates.Select(at => Cell.Text(measure.Of(at.Scores), measure.Format))]);
        }

        return table;
    }
}
