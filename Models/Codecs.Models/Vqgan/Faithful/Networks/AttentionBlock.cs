using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>x plus single-head attention among all positions; time grows with the square of their number, memory does not.</summary>
/// <remarks>Names: <c>norm</c>, <c>q</c>, <c>k</c>, <c>v</c>, <c>proj_out</c>, all but the first 1x1 convolutions. Queries go through some at a time:
/// each sees all keys, so that nothing but rounding depends on how many.</remarks>
internal sealed class AttentionBlock : ILayer
{
    /// <summary>Scores in memory at a time: 64 MB of floats.</summary>
    internal const int UsualScores = 1 << 24;

    private readonly GroupNormalization _norm;
    private readonly Convolution2d _query;
    private readonly Convolution2d _key;
    private readonly Convolution2d _value;
    private readonly Convolution2d _output;
    private readonly double _scale;
    private readonly int _scores;

    internal AttentionBlock(WeightScope weights, int channels, int scores = UsualScores)
    {
        _norm = new GroupNormalization(weights.At("norm"), channels);
        _query = new Convolution2d(weights.At("q"), channels, channels, kernel: 1);
        _key = new Convolution2d(weights.At("k"), channels, channels, kernel: 1);
        _value = new Convolution2d(weights.At("v"), channels, channels, kernel: 1);
        _output = new Convolution2d(weights.At("proj_out"), channels, channels, kernel: 1);
        _scale = 1 / Math.Sqrt(channels);
        _scores = scores;
    }

    /// <param name="x">[N, C, H, W].</param>
    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor normalized = _norm.Forward(x);
        Tensor queries = _query.Forward(normalized).flatten(2).transpose(1, 2).mul(_scale); // [N, positions, C]
        Tensor keys = _key.Forward(normalized).flatten(2); // [N, C, positions]
        Tensor values = _value.Forward(normalized).flatten(2).transpose(1, 2).contiguous(); // [N, positions, C]
        normalized.Dispose();
        Tensor mixed = empty_like(values);
        long positions = values.shape[1], chunk = Math.Max(1, _scores / (positions * x.shape[0]));
        for (long first = 0; first < positions; first += chunk)
        {
            long count = Math.Min(chunk, positions - first);
            using Tensor some = queries.narrow(1, first, count), target = mixed.narrow(1, first, count);
            using Tensor scores = some.matmul(keys), weights = scores.softmax(2), sums = weights.matmul(values);
            target.copy_(sums);
        }

        return _output.Forward(mixed.transpose(1, 2).reshape(x.shape)).add_(x).MoveToOuterDisposeScope();
    }
}
