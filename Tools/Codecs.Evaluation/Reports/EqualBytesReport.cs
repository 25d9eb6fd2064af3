namespace Codecs.Evaluation;

/// <summary>A comparison at equal bytes as tables.</summary>
internal static class EqualBytesReport
{
    public const string Title = "At equal bytes";

    /// <summary>What has to be known to read the tables.</summary>
    public const string Note =
        "Each picture by itself: the largest file that is not above that of the codec under test, or the smallest there is (counted as too large). " +
        "(reduced): encoded at full size, a half, a quarter or an eighth and enlarged again, whichever is best.";

    /// <summary>Means of all codecs at every setting of the codec under test.</summary>
    public static TextTable Means(IReadOnlyList<EqualBytesPoint> points)
    {
        var table = new TextTable(["at", "codec", "bytes", "bpp", "too large", .. PictureMeasure.All.Select(m => m.Title)]);
        foreach (EqualBytesPoint point in points)
        {
            table.AddRule();
            foreach (EqualBytesEntry entry in point.Entries)
            {
                table.AddRow(
                [
                    At(point),
                    entry.Name,
                    Cell.Text(entry.MeanBytes, "0"),
                    Cell.Text(entry.BitsPerPixel, "0.0000"),
                    Cell.Text(entry.TooLarge, "0"),
                    .. PictureMeasure.All.Select(m => Cell.Text(m.Of(entry), m.Format)),
                ]);
            }
        }

        return table;
    }

    /// <summary>The heading of <see cref="Wins"/>.</summary>
    public static string WinsTitle(IReadOnlyList<EqualBytesPoint> points) =>
        $"Pictures of {points[0].Entries[0].Files.Count} on which {points[0].Codec} is better";

    /// <summary>On how many pictures the codec under test is better, by each measure.</summary>
    public static TextTable Wins(IReadOnlyList<EqualBytesPoint> points)
    {
        var table = new TextTable(["at", "than", .. PictureMeasure.All.Select(m => m.Title)]);
        foreach (EqualBytesPoint point in points)
        {
            table.AddRule();
            foreach (EqualBytesEntry entry in point.Entries.Where(e => e.Wins is not null))
            {
                table.AddRow([At(point), entry.Name, .. entry.Wins!.InOrder.Select(count => Cell.Text(count, "0"))]);
            }
        }

        return table;
    }

    private static string At(EqualBytesPoint point) => $"{point.SettingName} {Cell.Text(point.Setting, "0.###")}";
}
