using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps;

namespace Codecs.Models.Vqgan;

/// <summary>The weight file of <c>vqgan-extreme</c>.</summary>
internal sealed class VqxWeights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "vqgan-extreme";

    private const string EntropyArchitecture = "vqgan-extreme/entropy/1", SynthesisArchitecture = "vqgan-extreme/synthesis/1";

    private VqxWeights(SafetensorsFile file)
        : base(file, EntropyArchitecture, SynthesisArchitecture, name => name.StartsWith("decoder.", StringComparison.Ordinal) || name == VqxCodebook.Tensor) =>
        Rates = new VqxRates(file);

    /// <summary>The ladder of rates.</summary>
    internal VqxRates Rates { get; }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static VqxWeights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The exact model of index maps of these weights.</summary>
    internal ExactMapModel CreateMapModel() => new(File);
}
