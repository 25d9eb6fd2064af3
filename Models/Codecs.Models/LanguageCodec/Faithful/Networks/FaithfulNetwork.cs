using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>The parts of a codec.</summary>
internal sealed class FaithfulNetwork
{
    internal FaithfulNetwork(FaithfulLanguageCodecConfig config, IWeightSource source)
    {
        WeightScope weights = new(source);
        Encoder = new SeanetEncoder(config, weights.At("feature_extractor.encodec.encoder"));
        Quantizer = new MaskedQuantizer(config, weights);
        Decoder = new FourierDecoder(config, weights);
    }

    internal SeanetEncoder Encoder { get; }

    internal MaskedQuantizer Quantizer { get; }

    internal FourierDecoder Decoder { get; }

    /// <summary>Names and shapes of what inference takes from an official state dictionary, the window included.</summary>
    internal static IReadOnlyDictionary<string, long[]> Shapes(FaithfulLanguageCodecConfig config) => ShapeRecorder.Record(source => _ = new FaithfulNetwork(config, source));

    /// <summary>Number of learned values, code vectors included.</summary>
    internal static long CountParameters(IReadOnlyDictionary<string, long[]> shapes) => ShapeRecorder.Count(shapes, static name => name != StateNames.Window);

    /// <summary>Sound of some frames, the same as if all were decoded at once: their neighbours are taken along as far as they matter.</summary>
    /// <param name="codes">Indices of the whole signal [T, codebooks], int64.</param>
    /// <param name="first">First frame.</param>
    /// <param name="end">One after the last.</param>
    /// <returns>Samples [(end - first)·320].</returns>
    internal Tensor Synthesize(Tensor codes, int first, int end)
    {
        const int hop = FaithfulLanguageCodecConfig.Hop;
        int count = (int)codes.shape[0];
        int firstSpectrum = Math.Max(0, first - InverseTransform.Reach), endSpectrum = Math.Min(count, end + InverseTransform.Reach);
        int firstCode = Math.Max(0, firstSpectrum - Decoder.Reach), endCode = Math.Min(count, endSpectrum + Decoder.Reach);
        using var scope = NewDisposeScope();
        Tensor features = Decoder.Backbone(Quantizer.Decode(codes.narrow(0, firstCode, endCode - firstCode)));
        Tensor sound = Decoder.Sound(Decoder.Spectra(features.narrow(1, firstSpectrum - firstCode, endSpectrum - firstSpectrum)));
        return sound.narrow(0, (first - firstSpectrum) * hop, (end - first) * hop).MoveToOuterDisposeScope();
    }
}
