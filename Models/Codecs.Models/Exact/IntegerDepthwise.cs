using System.Runtime.Intrinsics;

namespace Codecs.Models.Exact;

/// <summary>A depthwise 3x3 convolution in integers, zero padding, size kept.</summary>
/// <remarks>Nine products a channel; the portable 256-bit vector code and the scalar border code compute the same 32-bit sums.</remarks>
internal sealed class IntegerDepthwise
{
    private readonly int[] _weights; // [9, channels], tap-major, widened once
    private readonly Requantizer _requantizer;

    /// <param name="weights">[channels, 9], taps in raster order.</param>
    /// <param name="requantizer">Bias and shift of each channel; a multiple of 8 channels.</param>
    internal IntegerDepthwise(ReadOnlySpan<short> weights, Requantizer requantizer)
    {
        int channels = requantizer.Channels;
        if (weights.Length != 9 * channels || channels % Vector256<int>.Count != 0)
        {
            throw new ModelMismatchException(
                $"Depthwise layer of {channels} channels with {weights.Length} weights; expected 9 each. The model file is damaged.");
        }

        var absolute = new long[channels];
        _weights = new int[weights.Length];
        for (int c = 0; c < channels; c++)
        {
            for (int tap = 0; tap < 9; tap++)
            {
                _weights[(tap * channels) + c] = weights[(c * 9) + tap];
                absolute[c] += Math.Abs((int)weights[(c * 9) + tap]);
            }
        }

        requantizer.Prove(absolute);
        _requantizer = requantizer;
    }

    /// <summary>Filters <paramref name="count"/> positions from <paramref name="first"/> on (raster order) into <paramref name="output"/>.</summary>
    internal void Apply(IntegerMap input, int first, int count, Span<short> output)
    {
        int channels = _requantizer.Channels;
        Span<int> sums = stackalloc int[channels];
        for (int i = 0; i < count; i++)
        {
            int row = (first + i) / input.Width, column = (first + i) % input.Width;
            sums.Clear();
            for (int tap = 0; tap < 9; tap++)
            {
                int y = row + (tap / 3) - 1, x = column + (tap % 3) - 1;
                if ((uint)y < (uint)input.Height && (uint)x < (uint)input.Width)
                {
                    MultiplyAdd(input.At((y * input.Width) + x, 1), _weights.AsSpan(tap * channels, channels), sums);
                }
            }

            Span<short> to = output.Slice(i * channels, channels);
            for (int c = 0; c < channels; c++)
            {
                to[c] = Requantizer.Saturate(_requantizer.Apply(sums[c], c));
            }
        }
    }

    private static void MultiplyAdd(ReadOnlySpan<short> x, ReadOnlySpan<int> weights, Span<int> sums)
    {
        for (int c = 0; c < sums.Length; c += Vector256<int>.Count)
        {
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create(x.Slice(c, Vector128<short>.Count)));
            Vector256<int> product = Vector256.Create(low, high) * Vector256.Create(weights.Slice(c, Vector256<int>.Count));
            (Vector256.Create<int>(sums.Slice(c, Vector256<int>.Count)) + product).CopyTo(sums[c..]);
        }
    }
}
