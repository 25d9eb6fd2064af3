using System.Globalization;

namespace Codecs.Cli.Output;

/// <summary>Numbers for people: three figures, decimal prefixes, never a culture's own comma.</summary>
internal static class Units
{
    private static readonly string[] s_prefixes = ["B", "kB", "MB", "GB", "TB"];

    internal static string Bytes(long bytes)
    {
        double value = bytes;
        int prefix = 0;
        for (; value >= 999.5 && prefix < s_prefixes.Length - 1; prefix++)
        {
            value /= 1000;
        }

        string format = prefix == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {s_prefixes[prefix]}";
    }

    internal static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    internal static string Seconds(double seconds) => seconds < 100
        ? $"{Number(seconds, "0.0")} s"
        : TimeSpan.FromSeconds(seconds).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
