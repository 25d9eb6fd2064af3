using Codecs.Formats.Weights;
using Codecs.Models.Exact;

namespace Codecs.Models.Walloc;

/// <summary>The weight file of <c>walloc-image</c>.</summary>
internal sealed class WallocImageWeights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "walloc-image";

    private const string EntropyArchitecture = "walloc-image/entropy/1", SynthesisArchitecture = "walloc-image/synthesis/1";

    private WallocImageWeights(SafetensorsFile file)
        : base(file, EntropyArchitecture, SynthesisArchitecture, WallocTensors.IsSynthesis)
    {
    }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static WallocImageWeights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The exact context model of these weights.</summary>
    internal ExactLatentModel CreateLatentModel() => new(new IntegerWeights(File, EntropyPrefix), ImageWalloc.Latents, ImageWalloc.Neighbours);
}
