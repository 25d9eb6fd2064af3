namespace Codecs.Evaluation;

/// <summary>The part of a page on which pictures are looked at side by side.</summary>
internal static class ViewingPage
{
    public static void Write(HtmlWriter page, IReadOnlyList<ViewingSheet> sheets)
    {
        if (sheets.Count == 0)
        {
            return;
        }

        page.Heading("Look");
        page.Line("<p class=\"mute\">Each picture opens alone at its own size.</p>");
        for (int i = 0; i < sheets.Count; i++)
        {
            ViewingSheet sheet = sheets[i];
            page.Line($"<details{(i == 0 ? " open" : "")}><summary>{HtmlWriter.Text(sheet.Name)}</summary>");
            foreach (ViewingPoint point in sheet.Points)
            {
                page.Line($"<h3>{HtmlWriter.Text(point.SettingName)} {Cell.Text(point.Setting, "0.###")}</h3>");
                page.Line("<div class=\"pictures\">");
                Figure(page, sheet.Original, "Original", []);
                foreach (ViewingSample sample in point.Samples)
                {
                    Figure(page, sample.File, sample.Codec, Lines(sample.Picture));
                }

                page.Line("</div>");
            }

            page.Line("</details>");
        }
    }

    /// <summary>Bytes and size, then the scores.</summary>
    private static string[] Lines(EqualBytesFile picture) =>
    [
        $"{picture.Measurement.Bytes} bytes{(picture.Reduction == 1 ? "" : $", encoded at 1/{picture.Reduction}")}",
        string.Join(" · ", PictureMeasure.All.Select(m => $"{m.Title} {Cell.Text(m.Of(picture.Measurement), m.Format)}")),
    ];

    private static void Figure(HtmlWriter page, string file, string title, string[] lines)
    {
        string source = HtmlWriter.Text(file);
        string text = string.Concat(lines.Select(line => $"<br>{HtmlWriter.Text(line)}"));
        page.Line($"<figure><a href=\"{source}\"><img src=\"{source}\" loading=\"lazy\" alt=\"{HtmlWriter.Text(title)}\"></a><figcaption><b>{HtmlWriter.Text(title)}</b>{text}</figcaption></figure>");
    }
}
