using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>Vocos: ConvNeXt blocks at the frame rate, then the spectrum of each frame, then its sound.</summary>
/// <remarks>Siuzdak 2023 (arXiv 2306.00814). Names: <c>backbone.embed</c>, <c>backbone.norm</c>, <c>backbone.convnext.0</c>, ...,
/// <c>backbone.final_layer_norm</c>, <c>head.out</c>, <c>head.istft.window</c>.</remarks>
internal sealed class FourierDecoder
{
    private const int EmbedKernel = 7;
    private readonly LayerChain _blocks;
    private readonly ConditionedNormalization _norm;
    private readonly Convolution1d _embed;
    private readonly Tensor _finalScale;
    private readonly Tensor _finalShift;
    private readonly LinearLayer _head;
    private readonly InverseTransform _transform;

    internal FourierDecoder(FaithfulLanguageCodecConfig config, WeightScope weights)
    {
        WeightScope backbone = weights.At("backbone"), head = weights.At("head");
        _embed = Convolution1d.Plain(backbone.At("embed"), config.LatentChannels, config.Width, EmbedKernel, EmbedKernel / 2);
        _norm = new ConditionedNormalization(backbone.At("norm"), config.Conditions, config.Width);
        _blocks = new LayerChain([.. Enumerable.Range(0, config.Blocks).Select(i => new ConvNextBlock(backbone.At($"convnext.{i}"), config))]);
        _finalScale = backbone.Keep(backbone.Take("final_layer_norm.weight", config.Width));
        _finalShift = backbone.Keep(backbone.Take("final_layer_norm.bias", config.Width));
        _head = new LinearLayer(head.At("out"), config.Width, 2 * InverseTransform.Bins);
        _transform = new InverseTransform(head.At("istft"));
        Reach = (EmbedKernel / 2) + (config.Blocks * ConvNextBlock.Reach);
    }

    /// <summary>Frames that the spectrum of a frame depends on at each side.</summary>
    internal int Reach { get; }

    /// <param name="z">Sums of code vectors [1, C, T].</param>
    /// <returns>[1, T, width].</returns>
    internal Tensor Backbone(Tensor z)
    {
        using Tensor embedded = _embed.Forward(z), tokens = embedded.transpose(1, 2), normalized = _norm.Forward(tokens), turned = normalized.transpose(1, 2);
        using Tensor features = _blocks.Forward(turned), back = features.transpose(1, 2);
        return nn.functional.layer_norm(back, _finalScale.shape, _finalScale, _finalShift, ConditionedNormalization.Epsilon);
    }

    /// <param name="features">[1, T, width].</param>
    /// <returns>Logarithms of magnitudes, then phases: [1, T, 2·641].</returns>
    internal Tensor Spectra(Tensor features) => _head.Forward(features);

    /// <param name="spectra">[1, T, 2·641].</param>
    /// <returns>Samples [T·320].</returns>
    internal Tensor Sound(Tensor spectra)
    {
        using Tensor frames = spectra.squeeze(0);
        return _transform.Forward(frames);
    }
}
