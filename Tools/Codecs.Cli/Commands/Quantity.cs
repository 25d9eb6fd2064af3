using System.Globalization;

namespace Codecs.Cli.Commands;

/// <summary>Numbers with a decimal prefix, such as 20k or 1.5M: whoever meant 1024 still gets what is not too large.</summary>
internal static class Quantity
{
    /// <param name="text">Digits with at most one point, then nothing, k or M.</param>
    /// <param name="number">The number; it may be 0.</param>
    internal static bool TryParse(string text, out double number)
    {
        double unit = text.Length == 0 ? 1 : text[^1] switch { 'k' or 'K' => 1e3, 'm' or 'M' => 1e6, _ => 1 };
        ReadOnlySpan<char> digits = unit > 1 ? text.AsSpan(0, text.Length - 1) : text;
        bool good = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
        number *= unit;
        return good;
    }
}
