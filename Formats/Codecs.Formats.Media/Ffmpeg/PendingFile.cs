namespace Codecs.Formats.Media;

/// <summary>Names for what is not complete yet.</summary>
internal static class PendingFile
{
    /// <summary>A hidden name beside the file, or one in the system's temporary folder for what goes to a stream later.</summary>
    public static string NameFor(string? path) =>
        Path.Combine(path is null ? Path.GetTempPath() : Path.GetDirectoryName(path)!, $".{Path.GetFileName(path) ?? "codecs"}.{Guid.NewGuid():N}.tmp");
}
