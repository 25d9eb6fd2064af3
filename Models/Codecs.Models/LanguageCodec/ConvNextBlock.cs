using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>A ConvNeXt block along time: depthwise filter, normalisation, two matrices with hard swish between, scaled and added.</summary>
/// <remarks>
/// As in Vocos (Siuzdak, arXiv 2306.00814), but with hard swish x · clamp(x + 3, 0, 6) / 6 for GELU: it needs no transcendental function, so plain code
/// gives the same bits everywhere. Where the number of codebooks matters the normalisation's scale and shift depend on it.
/// </remarks>
internal sealed class ConvNextBlock : nn.Module
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly SpatialConvolution dw;
    internal readonly SpeechNorm norm;
    internal readonly Pointwise pw1;
    internal readonly Pointwise pw2;
    internal readonly Parameter gamma;
#pragma warning restore IDE1006

    /// <param name="policy">Number format of the products.</param>
    /// <param name="levels">Rows of the normalisation's tables, see <see cref="SpeechNorm"/>.</param>
    /// <param name="scale">Start of gamma: one over the number of blocks.</param>
    internal ConvNextBlock(ComputePolicy policy, int levels, double scale)
        : base(nameof(ConvNextBlock))
    {
        dw = SpatialConvolution.DepthwiseTemporal(policy, SpeechShape.Width, SpeechShape.Taps);
        norm = new SpeechNorm(SpeechShape.Width, levels);
        pw1 = new Pointwise(policy, SpeechShape.Width, SpeechShape.Hidden);
        pw2 = new Pointwise(policy, SpeechShape.Hidden, SpeechShape.Width);
        gamma = new Parameter(full(SpeechShape.Width, scale));
        RegisterComponents();
    }

    /// <param name="x">[N, 1, T, 256].</param>
    /// <param name="level">Row of the tables for each item, int64 [N]; null where there is one row.</param>
    internal Tensor Forward(Tensor x, Tensor? level)
    {
        Tensor hidden = nn.functional.hardswish(pw1.forward(norm.Forward(dw.forward(x), level)));
        return x + (pw2.forward(hidden) * gamma);
    }
}
