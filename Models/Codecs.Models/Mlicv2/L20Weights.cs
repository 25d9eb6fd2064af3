using Codecs.Formats.Weights;

namespace Codecs.Models.Mlicv2;

/// <summary>The weight file of the shipped MLICv2 instance.</summary>
internal sealed class L20Weights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "mlicv2-l20";

    /// <summary>Name and revision of the entropy path.</summary>
    internal const string EntropyArchitecture = "mlicv2-l20/entropy/1";

    /// <summary>Name and revision of the synthesis network.</summary>
    internal const string SynthesisArchitecture = "mlicv2-l20/synthesis/1";

    private L20Weights(SafetensorsFile file)
        : base(file, EntropyArchitecture, SynthesisArchitecture, IsSynthesis)
    {
    }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static L20Weights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The exact entropy path of these weights.</summary>
    internal ExactEntropyModel CreateEntropyModel() => new(new Exact.IntegerWeights(File, EntropyPrefix));

    private static bool IsSynthesis(string name) =>
        name.StartsWith("g_s.", StringComparison.Ordinal) || name is "rate.log_inverse_gain" or "rate.synthesis_gain";
}
