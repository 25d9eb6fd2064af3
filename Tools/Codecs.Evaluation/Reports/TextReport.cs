namespace Codecs.Evaluation;

/// <summary>An evaluation as aligned plain text, for standard output.</summary>
public static class TextReport
{
    internal const string RatesTitle = "PSNR (dB) at bits per pixel";

    /// <summary>Writes the curves, the PSNR at round rates, the comparison at equal bytes if there is one, and one sentence for each pair of curves.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Where to.</param>
    public static void Write(EvaluationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine($"{result.DataSet}: {Cell.Count(result.Pictures.Count, "picture")}, means over all of them{(result.Skipped.Count == 0 ? "" : $"; {result.Skipped.Count} skipped")}");
        output.WriteLine();
        Curves(result).Write(output);
        output.WriteLine();
        output.WriteLine(RatesTitle);
        Rates(result).Write(output);
        if (result.EqualBytes is { Count: > 0 } points)
        {
            output.WriteLine();
            output.WriteLine(EqualBytesReport.Title);
            EqualBytesReport.Means(points).Write(output);
            output.WriteLine(EqualBytesReport.Note);
            output.WriteLine();
            output.WriteLine(EqualBytesReport.WinsTitle(points));
            EqualBytesReport.Wins(points).Write(output);
        }

        if (result.Comparisons.Count > 0)
        {
            output.WriteLine();
            foreach (CurveComparison comparison in result.Comparisons)
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

    /// <summary>One comparison in words, such as "mlicv2 vs jpeg: BD-rate -52.1 % (PSNR), -60.3 % (MS-SSIM), BD-PSNR +3.90 dB".</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Sentence(CurveComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        (double? Percent, string Measure)[] rates =
        [
            (comparison.BdRatePsnrPercent, "PSNR"),
            (comparison.BdRateMsSsimPercent, "MS-SSIM"),
            (comparison.BdRateHaarPsiPercent, "HaarPSI"),
            (comparison.BdRateDssPercent, "DSS"),
            (comparison.BdRateSsimulacra2Percent, "SSIMULACRA2"),
            (comparison.BdRateMdsiPercent, "MDSI"),
            (comparison.BdRateGmsdPercent, "GMSD"),
        ];
        string who = $"{comparison.Codec} vs {comparison.Anchor}: ";
        if (comparison.BdPsnrDb is null && Array.TrueForAll(rates, r => r.Percent is null))
        {
            return who + "the curves share no range";
        }

        // The two that everybody knows have their place; results of earlier versions know no others.
        IEnumerable<string> said = rates.Where((r, i) => i < 2 || r.Percent is not null).Select(r => $"{Cell.Signed(r.Percent, "0.0", " %")} ({r.Measure})");
        return $"{who}BD-rate {string.Join(", ", said)}, BD-PSNR {Cell.Signed(comparison.BdPsnrDb, "0.00", " dB")}";
    }

    /// <summary>All points of all codecs.</summary>
    internal static TextTable Curves(EvaluationResult result)
    {
        IReadOnlyList<PictureMeasure> measures = PictureMeasure.OfScores;
        var table = new TextTable(["codec", "setting", "bpp", "PSNR dB", "MS-SSIM", "(dB)", .. measures.Select(m => m.Title), "encode s", "decode s"]);
        foreach (ContenderResult codec in result.Codecs)
        {
            table.AddRule();
            foreach (RatePoint point in codec.Points)
            {
                table.AddRow(
                [
                    codec.Name,
                    $"{codec.SettingName} {Cell.Text(point.Setting, "0.###")}",
                    Cell.Text(point.BitsPerPixel, "0.0000"),
                    Cell.Text(point.PsnrDb, "0.00"),
                    Cell.Text(point.MsSsim, "0.00000"),
                    Cell.Text(point.MsSsimDb, "0.00"),
                    .. measures.Select(m => Cell.Text(m.Of(point), m.Format)),
                    Cell.Text(point.EncodeSeconds, "0.000"),
                    Cell.Text(point.DecodeSeconds, "0.000"),
                ]);
            }
        }

        return table;
    }

    /// <summary>The curves read at round rates.</summary>
    internal static TextTable Rates(EvaluationResult result)
    {
        var table = new TextTable(["codec", .. ImageEvaluation.TableRates.Select(rate => Cell.Text(rate, "0.0#"))]);
        table.AddRule();
        foreach (ContenderResult codec in result.Codecs)
        {
            table.AddRow([codec.Name, .. codec.PsnrAtRates.Select(q => Cell.Text(q.PsnrDb, "0.00"))]);
        }

        return table;
    }
}
