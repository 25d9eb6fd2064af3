namespace Codecs.Evaluation;

/// <summary>Aligned columns: words to the left, numbers to the right.</summary>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";
    private readonly List<string[]?> _rows = [header];

    /// <summary>The heading, then the data; null for a rule.</summary>
    public IReadOnlyList<string[]?> Rows => _rows;

    public void AddRow(params string[] cells) => _rows.Add(cells);

    public void AddRule() => _rows.Add(null);

    public void Write(TextWriter output)
    {
        int[] widths = [.. header.Select((_, column) => _rows.Max(row => row is not null && column < row.Length ? row[column].Length : 0))];
        foreach (string[]? row in _rows)
        {
            output.WriteLine(row is null
                ? new string('-', widths.Sum() + (Gap.Length * (widths.Length - 1)))
                : string.Join(Gap, row.Select((cell, column) => IsText(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    /// <summary>A column is text when its first data row does not begin with a digit or the dash of a missing number.</summary>
    public bool IsText(int column) =>
        _rows.Skip(1).FirstOrDefault(row => row is not null) is { } first && column < first.Length && char.IsLetter(first[column][0]);
}
