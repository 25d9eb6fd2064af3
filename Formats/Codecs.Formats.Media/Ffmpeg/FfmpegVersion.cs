using System.Globalization;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>Which ffmpeg it is, where its options differ.</summary>
internal static class FfmpegVersion
{
    private static readonly Lazy<int> s_major = new(Find);

    /// <summary>The major version; a large number for builds that only have a date.</summary>
    public static int Major => s_major.Value;

    /// <summary>Understands the first line that ffmpeg prints.</summary>
    internal static int Parse(string text)
    {
        string word = text.StartsWith("ffmpeg version ", StringComparison.Ordinal) ? text[15..].TrimStart('n') : string.Empty;
        string digits = new([.. word.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, CultureInfo.InvariantCulture, out int major) && word.Length > digits.Length && word[digits.Length] == '.' ? major : int.MaxValue;
    }

    private static int Find() => Parse(Encoding.UTF8.GetString(FfmpegProcess.Run(FfmpegLocation.Ffmpeg, ["-version"], default, 1 << 16, "ffmpeg")));
}
