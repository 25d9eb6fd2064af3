using Codecs.Formats.Container;
using Codecs.Formats.Weights;
using Codecs.Formats.Weights.Torch;
using Codecs.Models.Walloc.Faithful.Networks;

namespace Codecs.Models.Walloc.Faithful;

/// <summary>An official WaLLoC checkpoint, checked tensor by tensor against its configuration and ready to be written as safetensors.</summary>
public sealed class FaithfulWallocImport
{
    /// <summary>The value of the metadata key "architecture".</summary>
    public const string Architecture = "walloc-faithful";

    private const string ArchitectureKey = "architecture", ConfigKey = "config", SourceKey = "source", StateKey = "model_state_dict";
    private const int MostNamed = 8;

    private FaithfulWallocImport(FaithfulWallocConfig config, IReadOnlyCollection<SafetensorsTensor> tensors, long parameterCount, string source) =>
        (Config, Tensors, ParameterCount, Source) = (config, tensors, parameterCount, source);

    /// <summary>The shape of the codec.</summary>
    public FaithfulWallocConfig Config { get; }

    /// <summary>Every tensor of the state dictionary under its official name, filters included.</summary>
    public IReadOnlyCollection<SafetensorsTensor> Tensors { get; }

    /// <summary>Number of learned values.</summary>
    public long ParameterCount { get; }

    /// <summary>Name of the file it came from, without its folder.</summary>
    public string Source { get; }

    /// <summary>Architecture, configuration and source, as they stand in the written file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>
    {
        [ArchitectureKey] = Architecture,
        [ConfigKey] = Config.ToJson(),
        [SourceKey] = Source,
    };

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="checkpointPath">A <c>.pth</c> file with the state dictionary under "model_state_dict" or at its root.</param>
    /// <param name="configPath">The JSON file with the configuration; null: the file of the same name that ends in .json, else the
    /// "config" inside the checkpoint.</param>
    /// <exception cref="InvalidBitstreamException">The checkpoint or the configuration is damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">The checkpoint needs code to be read, or the configuration is none of WaLLoC's.</exception>
    /// <exception cref="LimitExceededException">The checkpoint is too large.</exception>
    /// <exception cref="ModelMismatchException">No configuration, or tensors are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static FaithfulWallocImport Read(string checkpointPath, string? configPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        TorchCheckpoint checkpoint = TorchCheckpoint.Read(checkpointPath);
        string neighbour = Path.ChangeExtension(checkpointPath, ".json");
        configPath ??= File.Exists(neighbour) ? neighbour : null;
        FaithfulWallocConfig config = configPath is not null ? FaithfulWallocConfig.Parse(File.ReadAllBytes(configPath)) : FindConfig(checkpoint)
            ?? throw new ModelMismatchException($"The checkpoint says nothing about its configuration, and there is no '{neighbour}'; name the JSON file that belongs to it.");
        IReadOnlyDictionary<string, SafetensorsTensor> state = checkpoint.Find(StateKey) is null ? checkpoint.StateDictionary() : checkpoint.StateDictionary(StateKey);
        return Create(config, [.. state.Values], Path.GetFileName(checkpointPath));
    }

    /// <summary>Writes the safetensors file that <see cref="FaithfulWalloc.Load"/> reads; an existing one is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => SafetensorsWriter.Write(path, Tensors, Metadata);

    /// <summary>Checks tensors against a configuration.</summary>
    internal static FaithfulWallocImport Create(FaithfulWallocConfig config, IReadOnlyCollection<SafetensorsTensor> tensors, string source)
    {
        NativeBackend.EnsureLoaded();
        IReadOnlyDictionary<string, long[]> expected = ShapeRecorder.Record(config);
        Dictionary<string, SafetensorsTensor> found = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        List<string> faults = [];
        List(faults, "missing", expected.Keys.Where(n => !found.ContainsKey(n)));
        List(faults, "unexpected", found.Keys.Where(n => !expected.ContainsKey(n)));
        List(faults, "of another shape or type", found.Values
            .Where(t => expected.TryGetValue(t.Name, out long[]? shape) && (!t.Shape.SequenceEqual(shape) || t.Type is not (ElementType.F32 or ElementType.F16 or ElementType.BF16)))
            .Select(t => $"{t}, expected floats [{string.Join(", ", expected[t.Name])}]"));
        if (faults.Count > 0)
        {
            throw new ModelMismatchException($"The checkpoint does not fit the configuration {config.ToJson()}: {string.Join("; ", faults)}.");
        }

        foreach (SafetensorsTensor filter in tensors.Where(t => WaveletBuffers.Contains(t.Name)))
        {
            WaveletBuffers.Check(filter);
        }

        return new FaithfulWallocImport(config, tensors, ShapeRecorder.CountParameters(expected), source);
    }

    /// <summary>The configuration of a written file.</summary>
    internal static FaithfulWallocConfig ReadConfig(SafetensorsFile file) =>
        file.Metadata.GetValueOrDefault(ArchitectureKey) is Architecture && file.Metadata.TryGetValue(ConfigKey, out string? json)
            ? FaithfulWallocConfig.Parse(System.Text.Encoding.UTF8.GetBytes(json))
            : throw new ModelMismatchException(
                $"The file holds weights of '{file.Metadata.GetValueOrDefault(ArchitectureKey, "an unnamed network")}', expected '{Architecture}'; 'codecs models import' makes them from a checkpoint.");

    private static FaithfulWallocConfig? FindConfig(TorchCheckpoint checkpoint) => checkpoint.Find("config") switch
    {
        TorchOpaque { State: Dictionary<string, object?> fields } => FaithfulWallocConfig.FromFields(fields),
        Dictionary<string, object?> fields => FaithfulWallocConfig.FromFields(fields),
        _ => null,
    };

    private static void List(List<string> faults, string what, IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        if (sorted.Length > 0)
        {
            string more = sorted.Length > MostNamed ? $" and {sorted.Length - MostNamed} more" : "";
            faults.Add($"{sorted.Length} {what}: {string.Join(", ", sorted.Take(MostNamed))}{more}");
        }
    }
}
