using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>x + γ·(a convolution per channel, normalisation, and two matrices with a GELU between them).</summary>
/// <remarks>Liu et al. 2022 (ConvNeXt), over time as in Siuzdak 2023. Names: <c>dwconv</c>, <c>norm</c>, <c>pwconv1</c>, <c>pwconv2</c>, <c>gamma</c> [C].</remarks>
internal sealed class ConvNextBlock : ILayer
{
    /// <summary>Frames that an output frame depends on at each side.</summary>
    internal const int Reach = Kernel / 2;

    private const int Kernel = 7;
    private readonly Convolution1d _mix;
    private readonly ConditionedNormalization _norm;
    private readonly LinearLayer _widen;
    private readonly LinearLayer _narrow;
    private readonly Tensor _gamma;

    internal ConvNextBlock(WeightScope weights, FaithfulLanguageCodecConfig config)
    {
        _mix = Convolution1d.Depthwise(weights.At("dwconv"), config.Width, Kernel, Reach);
        _norm = new ConditionedNormalization(weights.At("norm"), config.Conditions, config.Width);
        _widen = new LinearLayer(weights.At("pwconv1"), config.Width, config.HiddenWidth);
        _narrow = new LinearLayer(weights.At("pwconv2"), config.HiddenWidth, config.Width);
        _gamma = weights.Keep(weights.Take("gamma", config.Width));
    }

    /// <param name="x">[N, C, T].</param>
    public Tensor Forward(Tensor x)
    {
        using Tensor mixed = _mix.Forward(x), tokens = mixed.transpose(1, 2), normalized = _norm.Forward(tokens);
        using Tensor wide = _widen.Forward(normalized), active = nn.functional.gelu(wide);
        using Tensor branch = _narrow.Forward(active), scaled = branch.mul_(_gamma), turned = scaled.transpose(1, 2);
        return x + turned;
    }
}
