namespace Codecs.Formats.Media;

/// <summary>Files that appear together or not at all: written under temporary names, renamed at the end.</summary>
internal sealed class PendingFiles : IDisposable
{
    private readonly List<(string Temporary, string Target)> _files = [];

    /// <summary>Writes a file under a temporary name.</summary>
    /// <param name="path">Its final name.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="MediaException">It cannot be written.</exception>
    public void Add(string path, Action<Stream> write)
    {
        try
        {
            string target = Path.GetFullPath(path), temporary = PendingFile.NameFor(target);
            _files.Add((temporary, target));
            using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
            write(file);
            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Gives all files their names, the last one last: it names the others.</summary>
    /// <exception cref="MediaException">A file cannot be renamed.</exception>
    public void Commit()
    {
        foreach ((string temporary, string target) in _files)
        {
            try
            {
                File.Move(temporary, target, overwrite: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new MediaException($"'{target}' cannot be written: {error.Message}", error);
            }
        }

        _files.Clear();
    }

    /// <summary>Removes what was not given its name.</summary>
    public void Dispose()
    {
        foreach ((string temporary, _) in _files)
        {
            File.Delete(temporary);
        }
    }
}
