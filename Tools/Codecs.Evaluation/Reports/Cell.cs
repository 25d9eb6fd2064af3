using System.Globalization;

namespace Codecs.Evaluation;

/// <summary>Numbers as reports write them.</summary>
internal static class Cell
{
    private const string Nothing = "–";

    public static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Nothing;

    /// <summary>With a sign before and a unit behind it.</summary>
    public static string Signed(double? value, string format, string unit) =>
        value is null ? Nothing : value.Value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture) + unit;

    /// <summary>How many times faster than the sound lasts, with three digits, such as "0.85x" and "62.3x".</summary>
    public static string Times(double? speed) => speed is { } s ? Text(s, s >= 99.95 ? "0" : s >= 9.995 ? "0.0" : "0.00") + "x" : Nothing;

    /// <summary>Such as "1 picture" and "2 pictures".</summary>
    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
