using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using Codecs.Models.Vqgan.Faithful.Networks;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>Official VQGAN checkpoints: what inference needs is taken and checked, losses and training state stay behind.</summary>
internal sealed class FaithfulVqganImport : ICheckpointImporter
{
    /// <summary>Name of the architecture in weight files.</summary>
    internal const string Architecture = "vqgan-taming-1";

    public string Description => "VQGAN (.ckpt)";

    public bool Knows(IReadOnlyDictionary<string, SafetensorsTensor> state) => state.ContainsKey("post_quant_conv.weight") && state.ContainsKey("encoder.conv_in.weight");

    public ImportedModel Import(OfficialCheckpoint checkpoint, string? configPath)
    {
        if (!checkpoint.State.ContainsKey(VqganNames.Codebook))
        {
            throw new UnsupportedBitstreamException(checkpoint.State.ContainsKey(VqganNames.GumbelCodebook)
                ? "The checkpoint is of a VQGAN that chooses code vectors by Gumbel softmax; only those that take the nearest one are supported."
                : $"The checkpoint has no '{VqganNames.Codebook}'; it is an autoencoder without a codebook.");
        }

        FaithfulVqganConfig config = configPath is not null ? VqganProjectFile.Parse(File.ReadAllBytes(configPath)) : FaithfulVqganConfig.FromState(checkpoint.State);
        return Create(config, [.. checkpoint.State.Values.Where(t => VqganNames.IsOfInference(t.Name))], checkpoint.FileName);
    }

    /// <summary>Checks tensors against a configuration.</summary>
    /// <inheritdoc cref="ICheckpointImporter.Import" path="/exception"/>
    internal static ImportedModel Create(FaithfulVqganConfig config, IReadOnlyCollection<SafetensorsTensor> tensors, string source)
    {
        IReadOnlyDictionary<string, long[]> expected = VqganNetwork.Shapes(config);
        StateCheck.Require(expected, tensors, config.ToJson());
        return new ImportedModel(Architecture, config.ToJson(), tensors, ShapeRecorder.Count(expected, static _ => true), source);
    }

    /// <summary>The configuration of a written file.</summary>
    internal static FaithfulVqganConfig ReadConfig(SafetensorsFile file) => FaithfulVqganConfig.Parse(ImportedModel.ReadConfiguration(file, Architecture));
}
