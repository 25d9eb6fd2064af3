using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec.Indices;

namespace Codecs.Models.LanguageCodec;

/// <summary>The weight file of <c>language-codec</c>.</summary>
internal sealed class SpeechWeights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "language-codec";

    private const string EntropyArchitecture = "language-codec/entropy/1", SynthesisArchitecture = "language-codec/synthesis/1";

    private SpeechWeights(SafetensorsFile file)
        : base(
            file, EntropyArchitecture, SynthesisArchitecture,
            name => name == SpeechCodebooks.Tensor || name.StartsWith(SpeechSynthesis.Prefix, StringComparison.Ordinal))
    {
    }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static SpeechWeights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The exact index model of these weights.</summary>
    internal ExactIndexModel CreateIndexModel() => new(File);
}
