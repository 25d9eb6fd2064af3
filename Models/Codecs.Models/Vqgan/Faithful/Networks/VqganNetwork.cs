using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>A whole VQGAN without what only training needs.</summary>
internal sealed class VqganNetwork
{
    private readonly Convolution2d _toCode;
    private readonly Convolution2d _fromCode;

    internal VqganNetwork(FaithfulVqganConfig config, IWeightSource source)
    {
        WeightScope weights = new(source);
        Encoder = new VqganEncoder(config, weights.At(VqganNames.Encoder));
        Decoder = new VqganDecoder(config, weights.At(VqganNames.Decoder));
        _toCode = new Convolution2d(weights.At(VqganNames.ToCode), config.LatentChannels, config.CodeDimensions, kernel: 1);
        _fromCode = new Convolution2d(weights.At(VqganNames.FromCode), config.CodeDimensions, config.LatentChannels, kernel: 1);
        Quantizer = new VectorQuantizer(weights.At(VqganNames.Quantizer), config.Codes, config.CodeDimensions);
    }

    internal VqganEncoder Encoder { get; }

    internal VqganDecoder Decoder { get; }

    internal VectorQuantizer Quantizer { get; }

    /// <summary>Names and shapes of an official state dictionary without what only training needs.</summary>
    internal static IReadOnlyDictionary<string, long[]> Shapes(FaithfulVqganConfig config) => ShapeRecorder.Record(source => _ = new VqganNetwork(config, source));

    /// <summary>A picture to what the code vectors stand for.</summary>
    /// <param name="x">[N, 3, H, W] in ±1, both sides multiples of the stride.</param>
    /// <returns>[N, code dimensions, H/stride, W/stride].</returns>
    internal Tensor Analyze(Tensor x)
    {
        using Tensor latent = Encoder.Forward(x);
        return _toCode.Forward(latent);
    }

    /// <summary>Code vectors to a picture.</summary>
    /// <param name="codes">[N, code dimensions, rows, columns].</param>
    /// <returns>[N, 3, rows·stride, columns·stride], nominally ±1, not clamped.</returns>
    internal Tensor Synthesize(Tensor codes)
    {
        using Tensor latent = _fromCode.Forward(codes);
        return Decoder.Forward(latent);
    }
}
