using Codecs.Formats.Container;
using Codecs.Formats.Weights;

namespace Codecs.Models;

/// <summary>A weight file: checked and fingerprinted, not yet turned into networks. Needs no torch.</summary>
/// <remarks>
/// Tensors <c>entropy.*</c> are integers and decide parsing; a second group makes media out of latents; the rest only the encoder needs. Published networks
/// have none of the first group by that name, but may have what gives symbols their meaning. Fingerprints cover the first two groups.
/// </remarks>
internal abstract class ModelWeights
{
    /// <summary>Start of the names of the tensors that decide parsing.</summary>
    internal const string EntropyPrefix = "entropy.";

    private const string ArchitectureKey = "architecture";

    /// <param name="file">The weight file.</param>
    /// <param name="entropyArchitecture">Name and revision of what the entropy fingerprint covers besides its tensors: layer order, number formats, coder.</param>
    /// <param name="synthesisArchitecture">Name and revision of the synthesis network's structure.</param>
    /// <param name="isSynthesis">Which tensors the synthesis needs.</param>
    /// <param name="isEntropy">Which tensors the entropy fingerprint covers; null for those that begin with <see cref="EntropyPrefix"/>.</param>
    private protected ModelWeights(
        SafetensorsFile file, string entropyArchitecture, string synthesisArchitecture, Func<string, bool> isSynthesis, Func<string, bool>? isEntropy = null)
    {
        File = file;
        EntropyFingerprint = Hash(entropyArchitecture, isEntropy ?? (static name => name.StartsWith(EntropyPrefix, StringComparison.Ordinal)));
        SynthesisFingerprint = Hash(synthesisArchitecture, isSynthesis);
    }

    internal SafetensorsFile File { get; }

    /// <summary>Identity of everything that decides parsing.</summary>
    internal Fingerprint EntropyFingerprint { get; }

    /// <summary>Identity of the synthesis network.</summary>
    internal Fingerprint SynthesisFingerprint { get; }

    /// <summary>What a weight file of an architecture says about itself.</summary>
    internal static Dictionary<string, string> MetadataOf(string architecture) => new() { [ArchitectureKey] = architecture };

    /// <summary>Name of the architecture that a weight file holds; null if it does not say.</summary>
    internal static string? ArchitectureOf(SafetensorsFile file) => file.Metadata.GetValueOrDefault(ArchitectureKey);

    /// <summary>Reads a weight file of any architecture.</summary>
    /// <exception cref="ModelMismatchException">The file does not exist or is damaged.</exception>
    internal static SafetensorsFile ReadFile(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new ModelMismatchException($"There are no weights at '{path}'; 'codecs models' lists what is installed.");
        }

        try
        {
            return SafetensorsFile.Read(path);
        }
        catch (InvalidBitstreamException e)
        {
            throw new ModelMismatchException($"The weights '{path}' are damaged: {e.Message}. Install them again.", e);
        }
    }

    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    private protected static SafetensorsFile Require(SafetensorsFile file, string architecture) =>
        ArchitectureOf(file) is { } name && name == architecture
            ? file
            : throw new ModelMismatchException($"The weights are those of '{ArchitectureOf(file) ?? "an unnamed network"}'; expected '{architecture}'.");

    private Fingerprint Hash(string architecture, Func<string, bool> part) =>
        CanonicalTensorHash.Compute(architecture, File.Tensors.Where(t => part(t.Name)).Select(t => t.ToCanonical()));
}
