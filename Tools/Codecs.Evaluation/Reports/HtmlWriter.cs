using System.Net;
using System.Text;

namespace Codecs.Evaluation;

/// <summary>Builds one page without scripts, light or dark as the reader's system is. Every text that comes from outside goes through <see cref="Text"/>.</summary>
internal sealed class HtmlWriter
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c1e21; --paper: #ffffff; --soft: #f4f5f7; --line: #d8dbe0; --mute: #5c636b; --accent: #b84a00; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e6e9; --paper: #16181b; --soft: #1f2226; --line: #363a40; --mute: #9aa1a9; --accent: #ff9a52; }
          figure.plot img { filter: invert(0.88) hue-rotate(180deg); }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 76rem; color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.7rem; } h2 { margin: 2.5rem 0 0.75rem; font-size: 1.25rem; } h3 { margin: 1.25rem 0 0.5rem; font-size: 1rem; }
        .mute { color: var(--mute); }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; }
        figure { margin: 0; }
        figure.plot img { display: block; width: 100%; height: auto; border-radius: 0.5rem; background: #ffffff; }
        .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.5rem; }
        table { border-collapse: collapse; width: 100%; font-size: 0.875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: 0.3rem 0.75rem; text-align: right; } th.text, td.text { text-align: left; }
        th { background: var(--soft); font-weight: 600; } tbody { border-top: 1px solid var(--line); } tbody tr:hover { background: var(--soft); }
        details { margin: 0.75rem 0; padding: 0.5rem 1rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; }
        summary { cursor: pointer; font-weight: 600; }
        .players { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.75rem; }
        .players figcaption { margin-bottom: 0.2rem; font-size: 0.875rem; color: var(--mute); }
        audio { width: 100%; height: 2.25rem; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
        .pictures img, .pictures video { display: block; width: 100%; height: auto; } .pictures figcaption { margin-top: 0.2rem; font-size: 0.8rem; color: var(--mute); }
        a { color: var(--accent); }
        """;

    private readonly StringBuilder _html = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">Its title and heading, plain text.</param>
    public HtmlWriter(string title) => _html.Append(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <h1>{Text(title)}</h1>

        """);

    /// <summary>Plain text as it may stand between tags and in attributes.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A line of finished HTML.</summary>
    public void Line(string html) => _html.Append(html).Append('\n');

    /// <summary>A heading of the second level, plain text.</summary>
    public void Heading(string text) => Line($"<h2>{Text(text)}</h2>");

    /// <summary>A table that scrolls by itself where the window is narrow; what rules part stands in bodies of its own.</summary>
    public void Table(TextTable table)
    {
        string Row(string[] cells, string tag) => "<tr>" + string.Concat(cells.Select((cell, column) =>
            $"<{tag}{(table.IsText(column) ? " class=\"text\"" : "")}>{Text(cell)}</{tag}>")) + "</tr>";
        Line("<div class=\"scroll\"><table>");
        Line($"<thead>{Row(table.Rows[0]!, "th")}</thead>");
        bool open = false;
        foreach (string[]? row in table.Rows.Skip(1))
        {
            if (row is null || !open)
            {
                Line(open ? "</tbody><tbody>" : "<tbody>");
                open = true;
            }

            if (row is not null)
            {
                Line(Row(row, "td"));
            }
        }

        Line(open ? "</tbody></table></div>" : "</table></div>");
    }

    /// <summary>The whole page, UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{_html}</body>\n</html>\n");
}
