namespace Codecs.Cli.Files;

/// <summary>A folder for what must lie in a file between two steps; it goes with everything in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly Lazy<string> _path = new(() => Directory.CreateTempSubdirectory("codecs-").FullName);

    /// <summary>A name in the folder.</summary>
    internal string At(string name) => Path.Combine(_path.Value, name);

    public void Dispose()
    {
        if (_path.IsValueCreated)
        {
            Directory.Delete(_path.Value, recursive: true);
        }
    }
}
