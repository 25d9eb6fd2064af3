namespace Codecs.Formats.Media;

/// <summary>The files beside a model that it may ask for: those in its own folder and below, never others.</summary>
internal sealed class SideFiles
{
    private readonly string? _folder;
    private long _bytes;

    private SideFiles(string? folder, SceneLimits limits)
    {
        _folder = folder;
        Limits = limits;
    }

    /// <summary>The limits of the model and of the files together.</summary>
    public SceneLimits Limits { get; }

    /// <summary>The files beside one that is on disk.</summary>
    public static SideFiles Beside(string path, SceneLimits limits) => new(Path.GetDirectoryName(Path.GetFullPath(path)), limits);

    /// <summary>For a model in memory: there are none.</summary>
    public static SideFiles None(SceneLimits limits) => new(null, limits);

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name as the model gives it, relative to the model.</param>
    /// <exception cref="MediaException">It lies elsewhere, does not exist or cannot be read.</exception>
    /// <exception cref="LimitExceededException">It is too large.</exception>
    public byte[] Read(string name)
    {
        if (_folder is null)
        {
            throw new MediaException($"The model asks for the file '{name}', but was not read from a folder. Read it by its path.");
        }

        byte[] bytes = Load(Locate(name), name, Limits);
        SceneLimits.Check(_bytes += bytes.Length, Limits.MaxFileBytes, "bytes in files beside it", nameof(Limits.MaxFileBytes));
        return bytes;
    }

    /// <summary>Reads a whole file.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static byte[] Load(string path, string name, SceneLimits limits)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            SceneLimits.Check(file.Length, limits.MaxFileBytes, $"bytes in '{name}'", nameof(limits.MaxFileBytes));
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MediaException($"'{name}' cannot be read: {error.Message}", error);
        }
    }

    private string Locate(string name)
    {
        string[] parts = name.Split('/', '\\');
        foreach (string part in parts)
        {
            // A colon is a drive, a scheme or a second stream of a file; none of them is a file beside the model.
            if (part is ".." or "" || part.AsSpan().IndexOfAny(':', '\0') >= 0)
            {
                throw new MediaException($"The model asks for the file '{name}'. Only files in its own folder are read: put it beside the model and correct the name.");
            }
        }

        string path = _folder!;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (LeavesFolder(path))
            {
                throw new MediaException($"The model asks for the file '{name}', a link to another folder. Put the file itself beside the model.");
            }
        }

        return path;
    }

    private bool LeavesFolder(string path)
    {
        try
        {
            FileSystemInfo? target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true);
            return target is not null && !target.FullName.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whatever it is, reading it says so.
            return false;
        }
    }
}
