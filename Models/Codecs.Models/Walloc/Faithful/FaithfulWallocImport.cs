using Codecs.Formats.Weights;
using Codecs.Formats.Weights.Torch;
using Codecs.Models.Faithful;
using Codecs.Models.Walloc.Faithful.Networks;

namespace Codecs.Models.Walloc.Faithful;

/// <summary>Official WaLLoC checkpoints: checked tensor by tensor against their configuration, every tensor kept, filters included.</summary>
internal sealed class FaithfulWallocImport : ICheckpointImporter
{
    /// <summary>Name of the architecture in weight files.</summary>
    internal const string Architecture = "walloc-faithful";

    public string Description => "WaLLoC (.pth)";

    public bool Knows(IReadOnlyDictionary<string, SafetensorsTensor> state) => state.Keys.Any(WaveletBuffers.Contains);

    public ImportedModel Import(OfficialCheckpoint checkpoint, string? configPath)
    {
        string neighbour = Path.ChangeExtension(checkpoint.Path, ".json");
        configPath ??= File.Exists(neighbour) ? neighbour : null;
        FaithfulWallocConfig config = configPath is not null ? FaithfulWallocConfig.Parse(File.ReadAllBytes(configPath)) : FindConfig(checkpoint.Content)
            ?? throw new ModelMismatchException($"The checkpoint says nothing about its configuration, and there is no '{neighbour}'; name the JSON file that belongs to it.");
        return Create(config, [.. checkpoint.State.Values], checkpoint.FileName);
    }

    /// <summary>Checks tensors against a configuration.</summary>
    internal static ImportedModel Create(FaithfulWallocConfig config, IReadOnlyCollection<SafetensorsTensor> tensors, string source)
    {
        IReadOnlyDictionary<string, long[]> expected = IFaithfulNetwork.Shapes(config);
        StateCheck.Require(expected, tensors, config.ToJson());
        foreach (SafetensorsTensor filter in tensors.Where(t => WaveletBuffers.Contains(t.Name)))
        {
            WaveletBuffers.Check(filter);
        }

        return new ImportedModel(Architecture, config.ToJson(), tensors, IFaithfulNetwork.CountParameters(expected), source);
    }

    /// <summary>The configuration of a written file.</summary>
    internal static FaithfulWallocConfig ReadConfig(SafetensorsFile file) => FaithfulWallocConfig.Parse(ImportedModel.ReadConfiguration(file, Architecture));

    private static FaithfulWallocConfig? FindConfig(TorchCheckpoint? checkpoint) => checkpoint?.Find("config") switch
    {
        TorchOpaque { State: Dictionary<string, object?> fields } => FaithfulWallocConfig.FromFields(new(fields)),
        Dictionary<string, object?> fields => FaithfulWallocConfig.FromFields(new(fields)),
        _ => null,
    };
}
