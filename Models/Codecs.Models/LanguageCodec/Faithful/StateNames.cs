namespace Codecs.Models.LanguageCodec.Faithful;

/// <summary>Where an official state dictionary has its parts.</summary>
internal static class StateNames
{
    internal const string Encodec = "feature_extractor.encodec.", Encoder = Encodec + "encoder.", Codebooks = Encodec + "quantizer.vq.layers.",
        Backbone = "backbone.", Head = "head.", Window = Head + "istft.window";

    // EnCodec's own decoder, which the Fourier decoder replaced, and what only training needs of a codebook.
    private const string UnusedDecoder = Encodec + "decoder.";

    private static readonly string[] s_trainingSuffixes = ["._codebook.inited", "._codebook.cluster_size", "._codebook.embed_avg"];

    /// <summary>The vectors of a codebook, from 0.</summary>
    internal static string Codebook(int layer) => $"{Codebooks}{layer}._codebook.embed";

    /// <summary>True for what inference may need; false for discriminators, losses, training state and the decoder that is not used.</summary>
    internal static bool IsOfInference(string name) =>
        (name.StartsWith("feature_extractor.", StringComparison.Ordinal) || name.StartsWith(Backbone, StringComparison.Ordinal) || name.StartsWith(Head, StringComparison.Ordinal))
        && !name.StartsWith(UnusedDecoder, StringComparison.Ordinal)
        && !s_trainingSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal));
}
