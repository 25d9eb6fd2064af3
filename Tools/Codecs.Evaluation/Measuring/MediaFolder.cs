using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Finds the pictures, sounds or videos of a data set, by their extensions; subfolders are not searched.</summary>
public static class MediaFolder
{
    /// <summary>What a folder holds: null for more than one kind.</summary>
    /// <param name="path">A folder, or one file; a file of unknown extension counts as a picture.</param>
    /// <exception cref="MediaException">There is no such folder, or no picture, sound or video in it.</exception>
    public static MediaKind? KindOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        MediaKind[] kinds = File.Exists(path)
            ? [Of(path) ?? MediaKind.Picture]
            : [.. Candidates(path).Select(Of).OfType<MediaKind>().Distinct().Take(2)];
        return kinds switch
        {
            [] => throw new MediaException(
                $"There is no picture, sound or video in '{path}' itself; known extensions are {string.Join(", ", Enum.GetValues<MediaKind>().Select(Extensions))}."),
            [var kind] => kind,
            _ => null,
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

        string[] files = [.. Candidates(path).Where(f => Of(f) == kind).OrderBy(Path.GetFileName, StringComparer.Ordinal).Take(limit)];
        return files.Length > 0
            ? files
            : throw new MediaException($"There is no {Word(kind)} in '{path}' itself; known extensions are {Extensions(kind)}.");
    }

    /// <summary>What to call the data set: the folder's name.</summary>
    /// <param name="path">The folder.</param>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private static IEnumerable<string> Candidates(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.'))
        : throw new MediaException($"There is no folder '{path}'.");

    private static MediaKind? Of(string path) =>
        AudioFormats.TryFromPath(path, out _) ? MediaKind.Audio
        : ImageFormats.TryFromPath(path, out _) ? MediaKind.Picture
        : VideoExtensions.IsVideo(path) ? MediaKind.Video
        : null;

    private static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Audio => "sound",
        MediaKind.Video => "video",
        _ => "picture",
    };

    private static string Extensions(MediaKind kind) => string.Join(' ', kind switch
    {
        MediaKind.Audio => AudioFormats.All.SelectMany(AudioFormats.Extensions),
        MediaKind.Video => VideoExtensions.All,
        _ => ImageFormats.All.SelectMany(ImageFormats.Extensions),
    });
}
