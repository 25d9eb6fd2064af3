using Codecs.Models.Faithful;
using Codecs.Models.LanguageCodec.Faithful;
using Codecs.Models.Vqgan.Faithful;
using Codecs.Models.Walloc.Faithful;

namespace Codecs.Models;

/// <summary>Official checkpoints of published networks, recognised by their tensors.</summary>
public static class CheckpointImport
{
    private const int MostNamed = 4;

    private static readonly ICheckpointImporter[] s_importers = [new FaithfulWallocImport(), new FaithfulLanguageCodecImport(), new FaithfulVqganImport()];

    /// <summary>The networks whose checkpoints are known, one description each.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. s_importers.Select(i => i.Description)];

    /// <summary>Reads a checkpoint and checks it; nothing in it is executed.</summary>
    /// <param name="checkpointPath">A PyTorch file with the state dictionary under "model_state_dict" or "state_dict", or at its root; or a safetensors
    /// file with the tensors under their official names.</param>
    /// <param name="configPath">The file with the configuration, for networks that come in several shapes: JSON for WaLLoC, YAML or JSON for VQGAN.
    /// null: for WaLLoC the file of the same name that ends in .json, else what the checkpoint says itself; for VQGAN what its tensors say.</param>
    /// <exception cref="InvalidBitstreamException">The checkpoint or the configuration is damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">The checkpoint has a form that is not read, or its network has a shape that is not supported.</exception>
    /// <exception cref="LimitExceededException">The checkpoint is too large.</exception>
    /// <exception cref="ModelMismatchException">Of none of the known networks, no configuration, or tensors are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImportedModel Read(string checkpointPath, string? configPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        OfficialCheckpoint checkpoint = OfficialCheckpoint.Read(checkpointPath);
        ICheckpointImporter importer = s_importers.FirstOrDefault(i => i.Knows(checkpoint.State)) ?? throw new ModelMismatchException(
            $"The checkpoint is of no network that is known here ({string.Join(", ", Known)}); its tensors are {string.Join(", ", checkpoint.State.Keys.Order(StringComparer.Ordinal).Take(MostNamed))}, ...");
        return importer.Import(checkpoint, configPath);
    }
}
