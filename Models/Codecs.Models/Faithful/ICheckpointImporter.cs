using Codecs.Formats.Weights;

namespace Codecs.Models.Faithful;

/// <summary>Makes weight files of the official checkpoints of one published network.</summary>
internal interface ICheckpointImporter
{
    /// <summary>The network and what its checkpoints look like, for lists: "WaLLoC (.pth)".</summary>
    string Description { get; }

    /// <summary>True when a state dictionary is this network's, whatever may be wrong with it.</summary>
    bool Knows(IReadOnlyDictionary<string, SafetensorsTensor> state);

    /// <summary>Checks a checkpoint that it knows.</summary>
    /// <param name="checkpoint">What was read.</param>
    /// <param name="configPath">A configuration file, or null when the user named none.</param>
    /// <exception cref="InvalidBitstreamException">The configuration is damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">The configuration is none of this network's.</exception>
    /// <exception cref="ModelMismatchException">No configuration, or tensors are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">The configuration file cannot be read.</exception>
    ImportedModel Import(OfficialCheckpoint checkpoint, string? configPath);
}
