using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using Codecs.Models.LanguageCodec.Faithful.Networks;

namespace Codecs.Models.LanguageCodec.Faithful;

/// <summary>Official Language-Codec checkpoints: what inference needs is taken and checked, training state and the unused decoder stay behind.</summary>
internal sealed class FaithfulLanguageCodecImport : ICheckpointImporter
{
    /// <summary>Name of the architecture in weight files.</summary>
    internal const string Architecture = "language-codec-faithful";

    public string Description => "Language-Codec (.ckpt)";

    public bool Knows(IReadOnlyDictionary<string, SafetensorsTensor> state) => state.Keys.Any(n => n.StartsWith(StateNames.Encodec, StringComparison.Ordinal));

    public ImportedModel Import(OfficialCheckpoint checkpoint, string? configPath) => configPath is null
        ? Create(checkpoint.State, checkpoint.FileName)
        : throw new ModelMismatchException($"A Language-Codec checkpoint says all about itself; import it without the configuration '{configPath}'.");

    /// <summary>Checks a state dictionary.</summary>
    /// <inheritdoc cref="ICheckpointImporter.Import" path="/exception"/>
    internal static ImportedModel Create(IReadOnlyDictionary<string, SafetensorsTensor> state, string source)
    {
        FaithfulLanguageCodecConfig config = FaithfulLanguageCodecConfig.FromState(state);
        SafetensorsTensor[] tensors = [.. state.Values.Where(t => StateNames.IsOfInference(t.Name))];
        IReadOnlyDictionary<string, long[]> expected = FaithfulNetwork.Shapes(config);
        StateCheck.Require(expected, tensors, config.ToJson());
        InverseTransform.CheckWindow(state[StateNames.Window]);
        return new ImportedModel(Architecture, config.ToJson(), tensors, FaithfulNetwork.CountParameters(expected), source);
    }

    /// <summary>The configuration of a written file.</summary>
    internal static FaithfulLanguageCodecConfig ReadConfig(SafetensorsFile file) => FaithfulLanguageCodecConfig.Parse(ImportedModel.ReadConfiguration(file, Architecture));
}
