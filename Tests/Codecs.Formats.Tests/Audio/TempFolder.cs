namespace Codecs.Formats.Tests.Audio;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("codecs-audio-tests-").FullName;

    public string At(string name) => Path.Combine(_path, name);

    /// <summary>Every file in it, hidden ones too, sorted.</summary>
    public string[] Files() => [.. Directory.EnumerateFiles(_path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
