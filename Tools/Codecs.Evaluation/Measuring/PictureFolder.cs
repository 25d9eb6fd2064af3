using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Finds the pictures of a data set.</summary>
public static class PictureFolder
{
    /// <summary>The picture files in a folder, by their extensions, sorted by name; subfolders are not searched.</summary>
    /// <param name="path">A folder, or one picture file.</param>
    /// <param name="limit">At most so many files, the first by name.</param>
    /// <exception cref="MediaException">There is no such folder, or no picture in it.</exception>
    public static IReadOnlyList<string> Find(string path, int limit = int.MaxValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new MediaException($"There is no folder '{path}'.");
        }

        string[] files = [.. Directory.EnumerateFiles(path)
            .Where(f => ImageFormats.TryFromPath(f, out _) && !Path.GetFileName(f).StartsWith('.'))
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .Take(limit)];
        return files.Length > 0
            ? files
            : throw new MediaException($"There is no picture in '{path}' itself; known extensions are {string.Join(' ', ImageFormats.All.SelectMany(ImageFormats.Extensions))}.");
    }

    /// <summary>What to call the data set: the folder's name.</summary>
    /// <param name="path">The folder.</param>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
