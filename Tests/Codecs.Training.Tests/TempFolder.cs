namespace Codecs.Training.Tests;

/// <summary>A folder that goes with the test: media in data, the rest beside it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("codecs-training-").FullName;

    internal TempFolder()
    {
        Data = Directory.CreateDirectory(At("data")).FullName;
        Options = new TrainingOptions
        {
            DataFolders = [Data],
            WorkFolder = Directory.CreateDirectory(At("work")).FullName,
            Minutes = 0.01,
            Threads = 1, // more would spin beside the other tests
            ContextMaps = 8,
        };
    }

    internal string Data { get; }

    internal TrainingOptions Options { get; }

    internal string At(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
