using System.Globalization;

namespace Codecs.Evaluation;

/// <summary>An evaluation as a page for browsers. Plots and samples lie beside it; nothing is loaded from elsewhere.</summary>
internal static class EvaluationPage
{
    /// <summary>Plots, tables, comparisons, pictures side by side.</summary>
    public static byte[] ToHtml(EvaluationResult result, IReadOnlyList<ViewingSheet> sheets)
    {
        var page = new HtmlWriter($"{result.DataSet}: codecs compared");
        Origin(page, Cell.Count(result.Pictures.Count, "picture"), result.Created, result.Software, result.Machine);
        Plots(page, EvaluationFiles.Plots.Select(p => p.Name));
        Sentences(page, [.. result.Comparisons.Select(TextReport.Sentence)]);
        if (result.EqualBytes is { Count: > 0 } points)
        {
            page.Heading(EqualBytesReport.Title);
            page.Line($"<p class=\"mute\">{HtmlWriter.Text(EqualBytesReport.Note)}</p>");
            page.Table(EqualBytesReport.Means(points));
            page.Heading(EqualBytesReport.WinsTitle(points));
            page.Table(EqualBytesReport.Wins(points));
        }

        ViewingPage.Write(page, sheets);
        page.Heading("Every setting");
        page.Table(TextReport.Curves(result));
        page.Heading(TextReport.RatesTitle);
        page.Table(TextReport.Rates(result));
        End(page, result.Codecs.Select(c => (c.Name, c.Description)), result.Skipped);
        return page.ToBytes();
    }

    /// <summary>Plots, samples for listening, tables, comparisons.</summary>
    public static byte[] ToHtml(AudioEvaluationResult result, IReadOnlyList<ListeningClip> clips)
    {
        var page = new HtmlWriter($"{result.DataSet}: codecs compared");
        Origin(page, Cell.Count(result.Sounds.Count, "sound"), result.Created, result.Software, result.Machine);
        Plots(page, EvaluationFiles.AudioPlots(result.Speech).Select(p => p.Name));
        Sentences(page, [.. result.Comparisons.Select(AudioTextReport.Sentence)]);
        Listening(page, clips);
        page.Heading("Every setting");
        page.Line("<p class=\"mute\">Speeds are seconds of sound in a second; those of classical codecs contain the start of their process.</p>");
        page.Table(AudioTextReport.Curves(result));
        foreach ((string title, TextTable table) in AudioTextReport.AtRates(result))
        {
            page.Heading(title);
            page.Table(table);
        }

        End(page, result.Codecs.Select(c => (c.Name, c.Description)), result.Skipped);
        return page.ToBytes();
    }

    /// <summary>Plots, comparisons, videos side by side, tables.</summary>
    public static byte[] ToHtml(VideoEvaluationResult result, IReadOnlyList<WatchingSheet> sheets)
    {
        var page = new HtmlWriter($"{result.DataSet}: codecs compared");
        Origin(page, Cell.Count(result.Clips.Count, "video"), result.Created, result.Software, result.Machine);
        Plots(page, EvaluationFiles.VideoPlots.Select(p => p.Name));
        Sentences(page, [.. result.Comparisons.Select(VideoTextReport.Sentence)]);
        WatchingPage.Write(page, sheets);
        foreach ((string title, TextTable table) in VideoTextReport.Comparisons(result))
        {
            page.Heading(title);
            page.Table(table);
        }

        page.Heading("Every setting");
        page.Line("<p class=\"mute\">Seconds of classical codecs contain the start of their process.</p>");
        page.Table(VideoTextReport.Curves(result));
        page.Heading("Videos");
        page.Table(VideoTextReport.Clips(result));
        End(page, result.Codecs.Select(c => (c.Name, c.Description)), result.Skipped);
        return page.ToBytes();
    }

    private static void Origin(HtmlWriter page, string count, DateTimeOffset created, string software, string machine)
    {
        string when = created.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        page.Line($"<p class=\"mute\">{count}, means over all of them. {when} UTC, {HtmlWriter.Text(software)}, {HtmlWriter.Text(machine)}. " +
            $"All numbers: <a href=\"{EvaluationFiles.Results}\">{EvaluationFiles.Results}</a>.</p>");
    }

    private static void Plots(HtmlWriter page, IEnumerable<string> names)
    {
        page.Line("<div class=\"plots\">");
        foreach (string name in names)
        {
            page.Line($"<figure class=\"plot\"><img src=\"{name}.svg\" alt=\"{name} over rate; the numbers stand in the tables\"></figure>");
        }

        page.Line("</div>");
    }

    private static void Sentences(HtmlWriter page, IReadOnlyCollection<string> sentences)
    {
        if (sentences.Count == 0)
        {
            return;
        }

        page.Heading("Comparisons");
        page.Line($"<ul>{string.Concat(sentences.Select(s => $"<li>{HtmlWriter.Text(s)}</li>"))}</ul>");
    }

    private static void Listening(HtmlWriter page, IReadOnlyList<ListeningClip> clips)
    {
        if (clips.Count == 0)
        {
            return;
        }

        page.Heading("Listen");
        page.Line(string.Create(CultureInfo.InvariantCulture, $"<p class=\"mute\">The first {ListeningSamples.Seconds} seconds at most, with the true rate of each file.</p>"));
        for (int i = 0; i < clips.Count; i++)
        {
            page.Line($"<details{(i == 0 ? " open" : "")}><summary>{HtmlWriter.Text(clips[i].Name)}</summary>");
            Players(page, "Original", [(clips[i].Name, clips[i].Original)]);
            foreach (IGrouping<string, ListeningSample> codec in clips[i].Samples.GroupBy(s => s.Codec))
            {
                Players(page, codec.Key, codec.Select(s => (
                    $"{s.SettingName} {Cell.Text(s.Setting, "0.###")} (file: {Cell.Text(s.KbitPerSecond, "0.00")} kbit/s)", s.File)));
            }

            page.Line("</details>");
        }
    }

    private static void Players(HtmlWriter page, string title, IEnumerable<(string Caption, string File)> samples)
    {
        page.Line($"<h3>{HtmlWriter.Text(title)}</h3>");
        page.Line("<div class=\"players\">");
        foreach ((string caption, string file) in samples)
        {
            page.Line($"<figure><figcaption>{HtmlWriter.Text(caption)}</figcaption><audio controls preload=\"none\" src=\"{HtmlWriter.Text(file)}\"></audio></figure>");
        }

        page.Line("</div>");
    }

    private static void End(HtmlWriter page, IEnumerable<(string Name, string Description)> codecs, IReadOnlyList<SkippedFile> skipped)
    {
        page.Heading("Codecs");
        page.Line($"<ul>{string.Concat(codecs.Select(c => $"<li><b>{HtmlWriter.Text(c.Name)}</b>: {HtmlWriter.Text(c.Description)}</li>"))}</ul>");
        if (skipped.Count > 0)
        {
            page.Heading("Skipped");
            page.Line($"<ul>{string.Concat(skipped.Select(s => $"<li>{HtmlWriter.Text(s.Name)}: {HtmlWriter.Text(s.Reason)}</li>"))}</ul>");
        }
    }
}
