namespace Codecs.Formats.Media;

/// <summary>Sound and subtitles of a video, not decoded, as a Matroska byte stream: what goes beside frames into another file.</summary>
public static class SideTracks
{
    /// <summary>Opens the sound of a file, and its subtitles if wanted.</summary>
    /// <param name="path">The file; any name is only a name, never an address or an option.</param>
    /// <param name="subtitles">True takes subtitles along.</param>
    /// <param name="start">Where to begin; null begins with the file. Times then count from there.</param>
    /// <param name="duration">How much to take; null goes to the end.</param>
    /// <param name="cancellation">Ends the copying; reading then throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A stream that can only be read, and flows as it is made; dispose it. Reading throws <see cref="MediaException"/> when the file is damaged.
    /// Null when there are no such tracks.
    /// </returns>
    /// <exception cref="MediaException">The file is missing or no media file, or ffmpeg is missing.</exception>
    public static Stream? Open(string path, bool subtitles = false, TimeSpan? start = null, TimeSpan? duration = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var options = new VideoReadOptions { Start = start, Duration = duration };
        MediaSource source = MediaSource.FromFile(path, "sound");
        string[] tracks = TrackCopy.ToMatroska(VideoProbe.AnalyzeTracks(source), subtitles, "pipe:1");
        return tracks.Length == 0
            ? null
            : new ProcessStream(FfmpegProcess.Start(FfmpegLocation.Ffmpeg, VideoArguments.CopyTracks(source, options, tracks)), path, cancellation);
    }
}
