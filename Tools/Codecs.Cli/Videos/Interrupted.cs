namespace Codecs.Cli.Videos;

/// <summary>Finds what an interrupted run left.</summary>
internal static class Interrupted
{
    /// <summary>Opens the output itself, or what a run that was killed left beside it under a temporary name: the longer of them.</summary>
    /// <param name="output">Where the run wrote to.</param>
    /// <returns>Null when there is nothing.</returns>
    internal static Stream? Find(string output)
    {
        return Left(output).Append(output).Where(File.Exists).OrderByDescending(f => new FileInfo(f).Length).FirstOrDefault() is { } path
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : null;
    }

    /// <summary>Removes what lies beside an output that is whole now.</summary>
    internal static void Clean(string output)
    {
        foreach (string path in Left(output))
        {
            File.Delete(path);
        }
    }

    // AtomicFile's temporary names.
    private static string[] Left(string output)
    {
        string full = Path.GetFullPath(output), folder = Path.GetDirectoryName(full)!;
        return Directory.Exists(folder) ? Directory.GetFiles(folder, $".{Path.GetFileName(full)}.*.tmp") : [];
    }
}
