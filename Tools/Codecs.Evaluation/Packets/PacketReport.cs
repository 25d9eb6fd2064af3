namespace Codecs.Evaluation;

/// <summary>An evaluation of lost packets as text.</summary>
public static class PacketReport
{
    /// <summary>Writes the table.</summary>
    public static void Write(PacketEvaluationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(
            $"{result.DataSet}: {Cell.Count(result.Pictures.Count, "picture")}, {result.Codec} at quality {Cell.Text(result.Quality, "0.###")}, packets of up to {result.MaxPacketBytes} bytes, {Cell.Count(result.Seeds, "channel")} for each loss; means over all of them");
        output.WriteLine();
        PictureMeasure[] measures = [PictureMeasure.MsSsim, PictureMeasure.HaarPsi, PictureMeasure.Dss, PictureMeasure.Ssimulacra2];
        var table = new TextTable(["losses", "mean", "method", "bytes", "lost", "guessed", "indices right", .. measures.Select(m => m.Title)]);
        foreach (IGrouping<(double Loss, double? MeanBurst), PacketPoint> channel in result.Points.GroupBy(p => (p.Loss, p.MeanBurst)))
        {
            table.AddRule();
            foreach (PacketPoint point in channel)
            {
                table.AddRow(
                [
                    point.Loss == 0 ? "none" : point.MeanBurst is { } burst ? $"bursts of {Cell.Text(burst, "0.#")}" : "independent",
                    Percent(point.Loss),
                    point.Method,
                    Cell.Text(point.Bytes, "0"),
                    Percent(point.Lost),
                    Percent(point.Guessed),
                    Percent(point.IndexAccuracy),
                    .. measures.Select(m => Cell.Text(m.Of(point), m.Format)),
                ]);
            }
        }

        table.Write(output);
    }

    private static string Percent(double? share) => Cell.Text(share * 100, "0.0") + (share is null ? "" : " %");
}
