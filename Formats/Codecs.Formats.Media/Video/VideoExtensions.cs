namespace Codecs.Formats.Media;

/// <summary>What videos are called.</summary>
public static class VideoExtensions
{
    private static readonly HashSet<string> s_all = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".y4m", ".avi", ".mpg", ".mpeg", ".m2v", ".ts", ".m2ts", ".mts", ".wmv", ".flv", ".ogv", ".3gp", ".mxf", ".nut", ".vob",
    };

    /// <summary>Extensions with their dots, in lower case.</summary>
    public static IReadOnlyCollection<string> All => s_all;

    /// <summary>True for names of videos.</summary>
    /// <param name="path">A name, with or without folders.</param>
    public static bool IsVideo(string path) => s_all.Contains(Path.GetExtension(path));
}
