using Codecs.Models.Faithful;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>EnCodec's convolution: the signal is mirrored at both ends, so that L samples make ⌈L/stride⌉.</summary>
/// <remarks>Défossez et al. 2022, SConv1d, not causal. Names: <c>conv.conv.weight_g</c>, <c>conv.conv.weight_v</c> [outputs, inputs, kernel],
/// <c>conv.conv.bias</c>.</remarks>
internal sealed class MirroredConvolution : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly int _kernel;
    private readonly int _stride;

    internal MirroredConvolution(WeightScope weights, int inputs, int outputs, int kernel, int stride = 1)
    {
        WeightScope inner = weights.At("conv.conv");
        _weight = inner.Keep(inner.TakeNormalized(outputs, inputs, kernel));
        _bias = inner.Keep(inner.Take("bias", outputs));
        (_kernel, _stride) = (kernel, stride);
    }

    /// <param name="x">[N, inputs, L], L at least 1.</param>
    /// <returns>[N, outputs, ⌈L/stride⌉].</returns>
    public Tensor Forward(Tensor x)
    {
        (int before, int after) = Padding(x.shape[2], _kernel, _stride);
        using Tensor padded = Mirror(x, before, after);
        return nn.functional.conv1d(padded, _weight, _bias, stride: _stride);
    }

    /// <summary>Samples to add before and after a signal: kernel - stride in all, the odd one before, and after it what the last stride lacks.</summary>
    internal static (int Before, int After) Padding(long length, int kernel, int stride)
    {
        int total = kernel - stride, after = total / 2;
        int lacking = (int)((stride - (length % stride)) % stride);
        return (total - after, after + lacking);
    }

    /// <summary>Mirrors a signal without repeating its first and last sample; one that is too short for that gets zeros at its end first, and loses
    /// as many samples there again.</summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="before">Samples to add before.</param>
    /// <param name="after">Samples to add after.</param>
    /// <returns>[N, C, before + L + after].</returns>
    internal static Tensor Mirror(Tensor x, int before, int after)
    {
        int longest = Math.Max(before, after);
        if (longest == 0)
        {
            return x.alias();
        }

        int zeros = (int)Math.Max(0, longest + 1 - x.shape[2]);
        if (zeros == 0)
        {
            return nn.functional.pad(x, [before, after], PaddingModes.Reflect);
        }

        using Tensor extended = nn.functional.pad(x, [0, zeros]);
        using Tensor mirrored = nn.functional.pad(extended, [before, after], PaddingModes.Reflect);
        return mirrored.narrow(2, 0, mirrored.shape[2] - zeros).contiguous();
    }
}
