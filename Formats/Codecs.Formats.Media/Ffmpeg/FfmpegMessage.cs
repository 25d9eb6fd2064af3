namespace Codecs.Formats.Media;

/// <summary>Makes ffmpeg's lines fit for our messages.</summary>
internal static class FfmpegMessage
{
    /// <summary>A line without the address of its speaker and the full stop, or null when it says nothing useful.</summary>
    public static string? Clean(string? line)
    {
        ReadOnlySpan<char> text = line.AsSpan().Trim();
        // "[flac @ 0x55d0c8a6] " names the speaker; several can be nested.
        while (text.StartsWith('[') && text.IndexOf(']') is var end and > 0 && text[..end].Contains(" @ 0x", StringComparison.Ordinal))
        {
            text = text[(end + 1)..].TrimStart();
        }

        text = text.TrimEnd('.');
        return text.IsEmpty || text.Equals("Conversion failed!", StringComparison.Ordinal) ? null : text.ToString();
    }
}
