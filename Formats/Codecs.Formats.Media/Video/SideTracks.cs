namespace Codecs.Formats.Media;

/// <summary>Sound and subtitles of a video without decoding, as a Matroska byte stream.</summary>
public static class SideTracks
{
    /// <summary>Opens the sound, and the subtitles if wanted, of a file.</summary>
    /// <returns>A stream that can only be read; dispose it. Null when there are no such tracks.</returns>
    public static Stream? Open(string path, bool subtitles = false, TimeSpan? start = null, TimeSpan? duration = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
