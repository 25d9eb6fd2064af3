using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>A spatial convolution on channels-last maps: dense, or one filter per channel (depthwise).</summary>
/// <remarks>Names: <c>weight</c> [outputs, inputs / groups, rows, columns], <c>bias</c> [outputs]. Zero padding. PyTorch's default start.</remarks>
internal sealed class SpatialConvolution : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006, CA1051 // The field names are the state-dict names.
    internal readonly Parameter weight;
    internal readonly Parameter bias;
#pragma warning restore IDE1006, CA1051
    private readonly ComputePolicy _policy;
    private readonly long _groups;
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly long[] _dilation;

    private SpatialConvolution(
        ComputePolicy policy, int inputs, int outputs, (int Rows, int Columns) kernel, int stride, (int Rows, int Columns) padding, int groups, int dilation = 1)
        : base(nameof(SpatialConvolution))
    {
        _policy = policy;
        _groups = groups;
        _stride = [stride, stride];
        _padding = [padding.Rows, padding.Columns];
        _dilation = [1, dilation];
        double bound = 1 / Math.Sqrt(inputs / groups * kernel.Rows * kernel.Columns);
        weight = new Parameter(empty(outputs, inputs / groups, kernel.Rows, kernel.Columns).uniform_(-bound, bound));
        bias = new Parameter(empty(outputs).uniform_(-bound, bound));
        RegisterComponents();
    }

    /// <summary>Depthwise 3x3 that keeps the size.</summary>
    internal static SpatialConvolution Depthwise3x3(ComputePolicy policy, int channels) => new(policy, channels, channels, (3, 3), 1, (1, 1), channels);

    /// <summary>Dense k x k that halves the size (k = 3 or 4, padding 1).</summary>
    internal static SpatialConvolution Halving(ComputePolicy policy, int inputs, int outputs, int kernel) => 
        new(policy, inputs, outputs, (kernel, kernel), 2, (1, 1), 1);

    /// <summary>Depthwise along one row (time), odd kernel, that keeps the length.</summary>
    internal static SpatialConvolution DepthwiseTemporal(ComputePolicy policy, int channels, int kernel) =>
        new(policy, channels, channels, (1, kernel), 1, (0, kernel / 2), channels);

    /// <summary>Dense along one row (time), odd kernel, that keeps the length.</summary>
    internal static SpatialConvolution Temporal(ComputePolicy policy, int inputs, int outputs, int kernel, int dilation = 1) =>
        new(policy, inputs, outputs, (1, kernel), 1, (0, kernel / 2 * dilation), 1, dilation);

    /// <param name="input">Map [N, H, W, inputs].</param>
    /// <returns>Map [N, H', W', outputs] in the policy's type.</returns>
    public override Tensor forward(Tensor input)
    {
        // The permuted view of a contiguous NHWC tensor is what torch calls channels-last; its kernels keep that order.
        Tensor maps = input.to(_policy.Type).permute(0, 3, 1, 2);
        Tensor result = nn.functional.conv2d(maps, weight.to(_policy.Type), bias.to(_policy.Type), _stride, _padding, _dilation, _groups);
        _policy.Observer?.Invoke(this, result);
        return result.permute(0, 2, 3, 1).contiguous();
    }
}
