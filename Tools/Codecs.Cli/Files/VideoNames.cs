using Codecs.Formats.Media;

namespace Codecs.Cli.Files;

/// <summary>What is a video, by its name or its first bytes.</summary>
internal static class VideoNames
{
    /// <summary>Extensions of what folders are searched for.</summary>
    internal static IReadOnlyCollection<string> Extensions => VideoExtensions.All;

    /// <summary>True for names of videos.</summary>
    internal static bool IsVideo(string path) => VideoExtensions.IsVideo(path);

    /// <summary>True for what comes through a pipe and begins like a video: Y4M, Matroska, MPEG-4 other than sound and pictures, AVI.</summary>
    internal static bool LooksLikeVideo(ReadOnlySpan<byte> start) => IsY4m(start)
        || start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
        || (start.Length >= 12 && start[4..].StartsWith("ftyp"u8) && !start[8..].StartsWith("M4A"u8) && !start[8..].StartsWith("avif"u8) && !start[8..].StartsWith("hei"u8))
        || (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("AVI "u8));

    /// <summary>True for Y4M, which can be read as it comes.</summary>
    internal static bool IsY4m(ReadOnlySpan<byte> start) => start.StartsWith("YUV4MPEG2"u8);

    /// <summary>The container that an output's name asks for; null if it is none of video.</summary>
    internal static VideoContainer? ContainerOf(string path)
    {
        try
        {
            return VideoWriter.ContainerOf(path);
        }
        catch (MediaException)
        {
            return null;
        }
    }
}
