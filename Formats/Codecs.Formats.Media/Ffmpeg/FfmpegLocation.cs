using FFMpegCore;

namespace Codecs.Formats.Media;

/// <summary>Where ffmpeg is.</summary>
internal static class FfmpegLocation
{
    /// <summary>
    /// The folder of the first ffmpeg on the PATH, as FFMpegCore wants it. Its global options are not used: they are read from a file in the current
    /// folder, and without a folder it looks there for programs too, so a folder of somebody's sound files could bring its own ffmpeg.
    /// </summary>
    public static FFOptions Options { get; } = new() { BinaryFolder = FindFolder(Environment.GetEnvironmentVariable("PATH")) ?? string.Empty };

    /// <summary>The ffprobe that belongs to the ffmpeg.</summary>
    public static string Ffprobe => GlobalFFOptions.GetFFProbeBinaryPath(Options);

    /// <summary>The ffmpeg.</summary>
    public static string Ffmpeg => GlobalFFOptions.GetFFMpegBinaryPath(Options);

    /// <summary>The first absolute folder in a search path that has an ffmpeg, or null.</summary>
    internal static string? FindFolder(string? searchPath)
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        foreach (string folder in (searchPath ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Path.IsPathFullyQualified(folder) && File.Exists(Path.Combine(folder, name)))
            {
                return folder;
            }
        }

        return null;
    }
}
