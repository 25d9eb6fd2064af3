using System.Numerics;

namespace Codecs.Metrics.Pictures;

/// <summary>Element-wise vector work on rows; every vector width gives the same bits.</summary>
internal static class RowMath
{
    /// <summary>sum += weight * row, element by element.</summary>
    public static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        int x = 0;
        var w = new Vector<float>(weight);
        for (; x <= sum.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            (new Vector<float>(sum[x..]) + (new Vector<float>(row[x..]) * w)).CopyTo(sum[x..]);
        }

        for (; x < sum.Length; x++)
        {
            sum[x] += row[x] * weight;
        }
    }
}
