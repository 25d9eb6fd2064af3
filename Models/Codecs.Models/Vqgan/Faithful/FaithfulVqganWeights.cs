using System.Globalization;
using Codecs.Formats.Weights;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>The weight file of a published VQGAN, imported or reduced, as files of pictures name it.</summary>
/// <remarks>
/// No float decides how a file is parsed: stride, codebook and bits of an index do, and the revision of the adaptive coder. The entropy fingerprint covers the code
/// vectors too: with others of the same number indices would be read without an error and mean something else.
/// </remarks>
internal sealed class FaithfulVqganWeights : ModelWeights
{
    private const string EntropyArchitecture = FaithfulVqganImport.Architecture + "/entropy/1", SynthesisArchitecture = FaithfulVqganImport.Architecture + "/synthesis/1";

    private FaithfulVqganWeights(SafetensorsFile file, FaithfulVqganConfig config, FaithfulVqganCodebook codebook)
        : base(
            file, string.Create(CultureInfo.InvariantCulture, $"{EntropyArchitecture}/{config.Stride}/{codebook.FewestBits}-{codebook.MostBits}"), SynthesisArchitecture,
            IsSynthesis, static name => name == VqganNames.Codebook) => (Config, Codebook) = (config, codebook);

    /// <summary>The shape of the network.</summary>
    internal FaithfulVqganConfig Config { get; }

    /// <summary>The code vectors.</summary>
    internal FaithfulVqganCodebook Codebook { get; }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network, or its configuration or codebook cannot be used.</exception>
    internal static FaithfulVqganWeights FromFile(SafetensorsFile file)
    {
        try
        {
            FaithfulVqganConfig config = FaithfulVqganImport.ReadConfig(file);
            return new FaithfulVqganWeights(file, config, new FaithfulVqganCodebook(file, config));
        }
        catch (Exception error) when (error is InvalidBitstreamException or UnsupportedBitstreamException)
        {
            throw new ModelMismatchException($"The weights cannot be used: {error.Message} Import them again with 'codecs models import'.", error);
        }
    }

    private static bool IsSynthesis(string name) => name == VqganNames.Codebook
        || name.StartsWith(VqganNames.Decoder + ".", StringComparison.Ordinal) || name.StartsWith(VqganNames.FromCode + ".", StringComparison.Ordinal);
}
