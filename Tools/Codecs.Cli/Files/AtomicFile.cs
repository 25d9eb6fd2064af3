namespace Codecs.Cli.Files;

/// <summary>Files that appear complete or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes under a temporary name in the same folder, then renames.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="overwrite">False: an existing file stays, even one that appeared since it was last looked for.</param>
    /// <exception cref="RefusedException">The file exists and must stay.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Write(string path, ReadOnlyMemory<byte> bytes, bool overwrite) => Write(path, file => file.Write(bytes.Span), overwrite);

    /// <summary>Lets the content be written as it comes; if that fails nothing stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="overwrite">False: an existing file stays, even one that appeared since it was last looked for.</param>
    /// <exception cref="RefusedException">The file exists and must stay.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Write(string path, Action<Stream> write, bool overwrite)
    {
        string target = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite);
        }
        catch (Exception error)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            if (error is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }

            throw !overwrite && File.Exists(target)
                ? OutputPlan.Exists(path)
                : new IOException($"'{path}' cannot be written: {error.Message}", error);
        }
    }
}
