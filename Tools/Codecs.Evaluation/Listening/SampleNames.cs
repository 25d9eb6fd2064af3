namespace Codecs.Evaluation;

/// <summary>Names for files of samples that every system takes and no page has to escape, whatever the sounds and codecs are called.</summary>
internal sealed class SampleNames
{
    private const int MaxLength = 40;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that was not given before: ASCII letters, digits, dots, hyphens and underscores, beginning with a digit.</summary>
    /// <param name="number">Number of the sound; it keeps names in order and away from those that systems reserve.</param>
    /// <param name="parts">What the name is made of.</param>
    /// <param name="extension">The extension with its dot.</param>
    public string Next(int number, IReadOnlyList<string> parts, string extension)
    {
        string stem = $"{number:00}-{string.Join('-', parts.Select(Safe))}";
        string name = stem + extension;
        for (int again = 2; !_taken.Add(name); again++)
        {
            name = $"{stem}-{again}{extension}";
        }

        return name;
    }

    private static string Safe(string part)
    {
        string start = part[..Math.Min(MaxLength, part.Length)];
        return string.Concat(start.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
    }
}
