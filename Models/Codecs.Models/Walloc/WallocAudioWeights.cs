using Codecs.Formats.Weights;
using Codecs.Models.Exact;

namespace Codecs.Models.Walloc;

/// <summary>The weight file of <c>walloc-audio</c>.</summary>
internal sealed class WallocAudioWeights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "walloc-audio";

    private const string EntropyArchitecture = "walloc-audio/entropy/1", SynthesisArchitecture = "walloc-audio/synthesis/1";

    private WallocAudioWeights(SafetensorsFile file)
        : base(file, EntropyArchitecture, SynthesisArchitecture, WallocTensors.IsSynthesis)
    {
    }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static WallocAudioWeights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The exact context model of these weights.</summary>
    internal ExactLatentModel CreateLatentModel() => new(new IntegerWeights(File, EntropyPrefix), AudioWalloc.Latents, AudioWalloc.Neighbours);
}
