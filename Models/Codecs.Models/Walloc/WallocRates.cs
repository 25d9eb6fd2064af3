using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The rate ladder of the shipped WaLLoC instances: trained levels with gain vectors of their own, and steps between them.</summary>
public static class WallocRates
{
    /// <summary>Trained rate points.</summary>
    public const int Levels = 16;

    /// <summary>Interpolation steps between two neighbouring levels.</summary>
    public const int SubLevels = 16;

    /// <summary>Highest rate index; rate indices run from 0 to this inclusive.</summary>
    public const int MaxRate = (Levels - 1) * SubLevels;

    // Held for ever: TorchSharp 0.107 may free a number that only a call refers to before torch has read it.
    private static readonly Scalar s_zero = 0, s_one = 1, s_subLevels = SubLevels, s_lastPair = Levels - 2;

    /// <summary>A table's row for a batch of rates, linear between levels.</summary>
    /// <param name="table">[levels, channels].</param>
    /// <param name="rate">Rate indices, float [N].</param>
    /// <returns>[N, 1, 1, channels].</returns>
    internal static Tensor Mix(Tensor table, Tensor rate) => Rows(table, rate).reshape(rate.shape[0], 1, 1, -1);

    /// <summary>A table's rows for the positions of one map's row, linear between levels.</summary>
    /// <param name="table">[levels, channels].</param>
    /// <param name="rate">Rate indices, float [W].</param>
    /// <returns>[1, 1, W, channels].</returns>
    internal static Tensor MixAlongRow(Tensor table, Tensor rate) => Rows(table, rate).reshape(1, 1, rate.shape[0], -1);

    private static Tensor Rows(Tensor table, Tensor rate)
    {
        Tensor position = rate / s_subLevels;
        Tensor low = position.floor().clamp(s_zero, s_lastPair);
        Tensor part = (position - low).unsqueeze(-1);
        Tensor row = low.to(ScalarType.Int64);
        return (table.index_select(0, row) * (s_one - part)) + (table.index_select(0, row + s_one) * part);
    }
}
