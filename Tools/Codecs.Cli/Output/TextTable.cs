namespace Codecs.Cli.Output;

/// <summary>Columns of text, two spaces apart: light, so that verbs without networks start quickly.</summary>
internal static class TextTable
{
    internal static void Write(TextWriter output, IReadOnlyList<string[]> rows)
    {
        int[] widths = new int[rows.Max(r => r.Length)];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        foreach (string[] row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
