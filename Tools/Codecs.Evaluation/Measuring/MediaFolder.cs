using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Finds the pictures or sounds of a data set, by their extensions; subfolders are not searched.</summary>
public static class MediaFolder
{
    /// <summary>What a folder holds: null for both pictures and sounds.</summary>
    /// <param name="path">A folder, or one file; a file of unknown extension counts as a picture.</param>
    /// <exception cref="MediaException">There is no such folder, or neither picture nor sound in it.</exception>
    public static MediaKind? KindOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            return Is(path, MediaKind.Audio) ? MediaKind.Audio : MediaKind.Picture;
        }

        bool pictures = Candidates(path).Any(f => Is(f, MediaKind.Picture));
        bool sounds = Candidates(path).Any(f => Is(f, MediaKind.Audio));
        return (pictures, sounds) switch
        {
            (true, true) => null,
            (true, false) => MediaKind.Picture,
            (false, true) => MediaKind.Audio,
            _ => throw new MediaException(
                $"There is neither a picture nor a sound in '{path}' itself; known extensions are {Extensions(MediaKind.Picture)} and {Extensions(MediaKind.Audio)}."),
        };
    }

    /// <summary>The files of one kind in a folder, sorted by name.</summary>
    /// <param name="path">A folder, or one file.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="limit">At most so many files, the first by name.</param>
    /// <exception cref="MediaException">There is no such folder, or no file of that kind in it.</exception>
    public static IReadOnlyList<string> Find(string path, MediaKind kind, int limit = int.MaxValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (File.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Candidates(path).Where(f => Is(f, kind)).OrderBy(Path.GetFileName, StringComparer.Ordinal).Take(limit)];
        return files.Length > 0
            ? files
            : throw new MediaException($"There is no {(kind == MediaKind.Audio ? "sound" : "picture")} in '{path}' itself; known extensions are {Extensions(kind)}.");
    }

    /// <summary>What to call the data set: the folder's name.</summary>
    /// <param name="path">The folder.</param>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private static IEnumerable<string> Candidates(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.'))
        : throw new MediaException($"There is no folder '{path}'.");

    private static bool Is(string path, MediaKind kind) =>
        kind == MediaKind.Audio ? AudioFormats.TryFromPath(path, out _) : ImageFormats.TryFromPath(path, out _);

    private static string Extensions(MediaKind kind) => string.Join(
        ' ', kind == MediaKind.Audio ? AudioFormats.All.SelectMany(AudioFormats.Extensions) : ImageFormats.All.SelectMany(ImageFormats.Extensions));
}
