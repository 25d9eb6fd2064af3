using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful;

/// <summary>The full wavelet packet transform of WaLLoC: CDF 9/7, periodic, every band split again at every level.</summary>
/// <remarks>
/// Jacobellis and Yadwadkar 2024 (arXiv 2412.09405). Channels come in natural packet order: <c>((c·F + f1)·F + f2)·F ...</c> with the signal's
/// channel c, the first (finest) split f1, and F = 2 for sound, 4 for pictures, where f = 2·(high along W) + (high along H).
/// Indices wrap truly modulo the length, so reconstruction is exact for every even length at every level.
/// </remarks>
internal static class WaveletPackets
{
    // First tap of the analysis at 2k - 4, last at 2k + 5; the synthesis of position n needs bands n/2 - 2 to n/2 + 2.
    private const int AnalysisMargin = 4, SynthesisMargin = 2;

    /// <summary>Transforms sound.</summary>
    /// <param name="x">[N, C, L], float; L a multiple of 2^<paramref name="levels"/>.</param>
    /// <param name="levels">Number of levels J.</param>
    /// <returns>[N, C·2^J, L/2^J].</returns>
    internal static Tensor Analyze1d(Tensor x, int levels)
    {
        RequireMultiple(x.shape[^1], levels);
        using var scope = NewDisposeScope();
        using Tensor filters = Filters(BiorthogonalFilters.ReversedAnalysisLow, BiorthogonalFilters.ReversedAnalysisHigh, x);
        (long batch, long channels) = (x.shape[0], x.shape[1]);
        Tensor bands = x.alias();
        for (int level = 0; level < levels; level++)
        {
            Tensor flat = bands.reshape(batch * channels, 1, -1);
            channels *= 2;
            bands = SplitLast(flat.unsqueeze(2), filters).reshape(batch, channels, -1);
        }

        return bands.MoveToOuterDisposeScope();
    }

    /// <summary>Inverts <see cref="Analyze1d"/>.</summary>
    /// <param name="bands">[N, C·2^J, T].</param>
    /// <param name="levels">Number of levels J.</param>
    /// <returns>[N, C, T·2^J].</returns>
    internal static Tensor Synthesize1d(Tensor bands, int levels)
    {
        using var scope = NewDisposeScope();
        using Tensor filters = Filters(BiorthogonalFilters.SynthesisLow, BiorthogonalFilters.SynthesisHigh, bands);
        (long batch, long channels) = (bands.shape[0], bands.shape[1]);
        Tensor x = bands.alias();
        for (int level = 0; level < levels; level++)
        {
            channels /= 2;
            x = MergeLast(x.reshape(batch * channels, 2, 1, -1), filters).reshape(batch, channels, -1);
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Transforms pictures.</summary>
    /// <param name="x">[N, C, H, W], float; H and W multiples of 2^<paramref name="levels"/>.</param>
    /// <param name="levels">Number of levels J.</param>
    /// <returns>[N, C·4^J, H/2^J, W/2^J].</returns>
    internal static Tensor Analyze2d(Tensor x, int levels)
    {
        RequireMultiple(x.shape[2], levels);
        RequireMultiple(x.shape[3], levels);
        using var scope = NewDisposeScope();
        using Tensor filters = Filters(BiorthogonalFilters.ReversedAnalysisLow, BiorthogonalFilters.ReversedAnalysisHigh, x);
        (long batch, long channels, long rows, long columns) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        Tensor bands = x.alias();
        for (int level = 0; level < levels; level++)
        {
            Tensor acrossW = SplitLast(bands.reshape(batch * channels, 1, rows, columns), filters);
            (channels, rows, columns) = (channels * 4, rows / 2, columns / 2);
            Tensor turned = acrossW.reshape(batch * channels / 2, 1, rows * 2, columns).transpose(2, 3);
            bands = SplitLast(turned, filters).transpose(2, 3).reshape(batch, channels, rows, columns);
        }

        return bands.MoveToOuterDisposeScope();
    }

    /// <summary>Inverts <see cref="Analyze2d"/>.</summary>
    /// <param name="bands">[N, C·4^J, H', W'].</param>
    /// <param name="levels">Number of levels J.</param>
    /// <returns>[N, C, H'·2^J, W'·2^J].</returns>
    internal static Tensor Synthesize2d(Tensor bands, int levels)
    {
        using var scope = NewDisposeScope();
        using Tensor filters = Filters(BiorthogonalFilters.SynthesisLow, BiorthogonalFilters.SynthesisHigh, bands);
        (long batch, long channels, long rows, long columns) = (bands.shape[0], bands.shape[1], bands.shape[2], bands.shape[3]);
        Tensor x = bands.alias();
        for (int level = 0; level < levels; level++)
        {
            Tensor turned = x.reshape(batch * channels / 2, 2, rows, columns).transpose(2, 3);
            Tensor acrossH = MergeLast(turned, filters).transpose(2, 3);
            (channels, rows, columns) = (channels / 4, rows * 2, columns * 2);
            x = MergeLast(acrossH.reshape(batch * channels, 2, rows, columns / 2), filters).reshape(batch, channels, rows, columns);
        }

        return x.MoveToOuterDisposeScope();
    }

    // [N, 1, R, 2T] to [N, 2, R, T].
    private static Tensor SplitLast(Tensor x, Tensor filters)
    {
        using Tensor padded = PadPeriodically(x, AnalysisMargin);
        return nn.functional.conv2d(padded, filters, strides: [1, 2]);
    }

    // [N, 2, R, T] to [N, 1, R, 2T].
    private static Tensor MergeLast(Tensor bands, Tensor filters)
    {
        using Tensor padded = PadPeriodically(bands, SynthesisMargin);
        using Tensor full = nn.functional.conv_transpose2d(padded, filters, strides: [1, 2]);

        // Band k reaches from 2k - 4 on, and the margin shifted k by 2: hence 8.
        return full.narrow(3, (2 * SynthesisMargin) + 4, 2 * bands.shape[3]).contiguous();
    }

    private static Tensor PadPeriodically(Tensor x, int margin)
    {
        long length = x.shape[3];
        if (length >= margin)
        {
            using Tensor tail = x.narrow(3, length - margin, margin), head = x.narrow(3, 0, margin);
            return cat([tail, x, head], 3);
        }

        // Shorter than the margin: wrap as often as it takes.
        long[] indices = new long[length + (2 * margin)];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = (((i - margin) % length) + length) % length;
        }

        using Tensor wrapped = tensor(indices, device: x.device);
        return x.index_select(3, wrapped);
    }

    // [2, 1, 1, taps]: two outputs of an analysis, or two inputs of a synthesis.
    private static Tensor Filters(IReadOnlyList<double> low, IReadOnlyList<double> high, Tensor like)
    {
        using Tensor taps = tensor((double[])[.. low, .. high], [2, 1, 1, BiorthogonalFilters.Taps], device: like.device);
        return taps.to(like.dtype);
    }

    private static void RequireMultiple(long length, int levels)
    {
        if (length <= 0 || length % (1L << levels) != 0)
        {
            throw new ArgumentException($"The length {length} is no multiple of 2^{levels}.");
        }
    }
}
