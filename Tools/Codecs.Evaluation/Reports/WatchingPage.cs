using System.Globalization;

namespace Codecs.Evaluation;

/// <summary>The part of a page on which videos are watched side by side.</summary>
internal static class WatchingPage
{
    public static void Write(HtmlWriter page, IReadOnlyList<WatchingSheet> sheets)
    {
        if (sheets.Count == 0)
        {
            return;
        }

        page.Heading("Watch");
        page.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"<p class=\"mute\">The first {VideoEvaluation.SampleSeconds} seconds at most, coded once more with no visible loss; of each codec the setting with the nearest rate. Numbers are of the whole video.</p>"));
        for (int i = 0; i < sheets.Count; i++)
        {
            WatchingSheet sheet = sheets[i];
            page.Line($"<details{(i == 0 ? " open" : "")}><summary>{HtmlWriter.Text(sheet.Name)}</summary>");
            foreach (WatchingPoint point in sheet.Points)
            {
                page.Line($"<h3>{HtmlWriter.Text(point.SettingName)} {Cell.Text(point.Setting, "0.###")}</h3>");
                page.Line("<div class=\"pictures\">");
                Player(page, sheet.Original, "Original", null);
                foreach (WatchingSample sample in point.Samples)
                {
                    Player(page, sample.File, $"{sample.Codec}, {sample.SettingName} {Cell.Text(sample.Setting, "0.###")}", sample.Measurement);
                }

                page.Line("</div>");
            }

            page.Line("</details>");
        }
    }

    private static void Player(HtmlWriter page, string file, string title, VideoMeasurement? measured)
    {
        string text = measured is null
            ? string.Empty
            : $"<br>{measured.Bytes} bytes · {Cell.Text(measured.BitsPerPixel, "0.0000")} bpp · {string.Join(" · ", VideoMeasure.All.Select(m => $"{m.Title} {Cell.Text(m.Of(measured), "0.00")}"))}";
        page.Line(
            $"<figure><video controls loop muted playsinline preload=\"metadata\" src=\"{HtmlWriter.Text(file)}\"></video><figcaption><b>{HtmlWriter.Text(title)}</b>{text}</figcaption></figure>");
    }
}
