namespace Codecs.Models.Vqgan.Faithful;

/// <summary>Where an official state dictionary has its parts.</summary>
internal static class VqganNames
{
    internal const string Encoder = "encoder", Decoder = "decoder", ToCode = "quant_conv", FromCode = "post_quant_conv", Quantizer = "quantize",
        Codebook = Quantizer + ".embedding.weight";

    // The Gumbel variant chooses by a convolution instead of by distance.
    internal const string GumbelCodebook = Quantizer + ".embed.weight";

    // Discriminator and perceptual loss; running averages; the list of used codes and the sums of the variant with moving averages;
    // the random projection that shows segmentations.
    private static readonly string[] s_trainingPrefixes = ["loss.", "model_ema.", Quantizer + ".used", Quantizer + ".cluster_size", Quantizer + ".embed_avg",
        Quantizer + ".embedding.cluster_size", Quantizer + ".embedding.embed_avg", "colorize"];

    /// <summary>False for what only training needs.</summary>
    internal static bool IsOfInference(string name) => !s_trainingPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
}
