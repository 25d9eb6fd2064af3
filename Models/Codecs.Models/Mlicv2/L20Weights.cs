using Codecs.Formats.Container;
using Codecs.Formats.Weights;

namespace Codecs.Models.Mlicv2;

/// <summary>The weight file of the shipped instance: checked, fingerprinted, not yet turned into networks. Needs no torch.</summary>
/// <remarks>
/// Tensors <c>entropy.*</c> are integers and decide parsing; <c>g_s.*</c> and <c>rate.*inverse*</c>, <c>rate.synthesis*</c> make pictures
/// out of latents; the rest only the encoder needs. Fingerprints cover the first two groups.
/// </remarks>
internal sealed class L20Weights
{
    /// <summary>Name and revision of what the entropy fingerprint covers besides its tensors: layer order, number formats, coder.</summary>
    internal const string EntropyArchitecture = "mlicv2-l20/entropy/1";

    /// <summary>Name and revision of the synthesis network's structure.</summary>
    internal const string SynthesisArchitecture = "mlicv2-l20/synthesis/1";

    internal const string EntropyPrefix = "entropy.";
    private const string ArchitectureKey = "architecture", ArchitectureName = "mlicv2-l20";

    private L20Weights(SafetensorsFile file)
    {
        File = file;
        EntropyFingerprint = Hash(EntropyArchitecture, IsEntropy);
        SynthesisFingerprint = Hash(SynthesisArchitecture, IsSynthesis);
    }

    internal SafetensorsFile File { get; }

    /// <summary>Identity of everything that decides parsing.</summary>
    internal Fingerprint EntropyFingerprint { get; }

    /// <summary>Identity of the synthesis network.</summary>
    internal Fingerprint SynthesisFingerprint { get; }

    internal static Dictionary<string, string> Metadata => new() { [ArchitectureKey] = ArchitectureName };

    /// <summary>Reads a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file does not exist, is damaged or holds another network.</exception>
    internal static L20Weights Read(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new ModelMismatchException($"There are no weights at '{path}'; 'codecs models' lists what is installed.");
        }

        try
        {
            return FromFile(SafetensorsFile.Read(path), path);
        }
        catch (InvalidBitstreamException e)
        {
            throw new ModelMismatchException($"The weights '{path}' are damaged: {e.Message}. Install them again.", e);
        }
    }

    /// <summary>Takes a weight file that was read already.</summary>
    /// <inheritdoc cref="Read"/>
    internal static L20Weights FromFile(SafetensorsFile file, string path = "(memory)")
    {
        if (!file.Metadata.TryGetValue(ArchitectureKey, out string? name) || name != ArchitectureName)
        {
            throw new ModelMismatchException($"'{path}' holds weights of '{name ?? "an unnamed network"}'; expected '{ArchitectureName}'.");
        }

        return new L20Weights(file);
    }

    /// <summary>The exact entropy path of these weights.</summary>
    internal ExactEntropyModel CreateEntropyModel() => new(new Exact.IntegerWeights(File, EntropyPrefix));

    private static bool IsEntropy(string name) => name.StartsWith(EntropyPrefix, StringComparison.Ordinal);

    private static bool IsSynthesis(string name) =>
        name.StartsWith("g_s.", StringComparison.Ordinal) || name is "rate.log_inverse_gain" or "rate.synthesis_gain";

    private Fingerprint Hash(string architecture, Func<string, bool> part) =>
        CanonicalTensorHash.Compute(architecture, File.Tensors.Where(t => part(t.Name)).Select(t => t.ToCanonical()));
}
