namespace Codecs.Architecture.Tests;

/// <summary>The checked-out repository: where it is, and its files without build output.</summary>
internal static class Repository
{
    /// <summary>Folder of Codecs.sln.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Paths relative to <see cref="Root"/>, with forward slashes, sorted. Folders named in .gitignore are left out.</summary>
    internal static IReadOnlyList<string> Files { get; } = ListFiles();

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>All files that hold text: no NUL in their first 8 KB.</summary>
    internal static IEnumerable<string> TextFiles => Files.Where(IsText);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Codecs.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Codecs.sln.");
    }

    private static List<string> ListFiles()
    {
        HashSet<string> ignored =
        [
            ".git", "bin", "obj",
            .. File.ReadLines(Path.Combine(Root, ".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.Trim('/')),
        ];
        var files = new List<string>();
        Add(new DirectoryInfo(Root));
        files.Sort(StringComparer.Ordinal);
        return files;

        void Add(DirectoryInfo folder)
        {
            // In a linked work tree .git is a file.
            files.AddRange(folder.EnumerateFiles().Where(f => f.Name != ".git").Select(f => Path.GetRelativePath(Root, f.FullName).Replace('\\', '/')));
            foreach (DirectoryInfo inner in folder.EnumerateDirectories().Where(d => !ignored.Contains(d.Name)))
            {
                Add(inner);
            }
        }
    }

    private static bool IsText(string path)
    {
        using FileStream file = File.OpenRead(Path.Combine(Root, path));
        Span<byte> head = stackalloc byte[8192];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return !head[..length].Contains((byte)0);
    }
}
