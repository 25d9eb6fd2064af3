namespace Codecs.Models.Vqgan.Faithful;

/// <summary>A stretch of one axis that goes through a network by itself, and how much its result counts where stretches overlap.</summary>
/// <param name="Start">First cell.</param>
/// <param name="Length">Cells.</param>
/// <param name="Weights">Of each sample of the result; over all stretches they sum to 1 at every place.</param>
internal readonly record struct FadedTile(int Start, int Length, float[] Weights)
{
    /// <summary>Covers an axis with stretches of one length.</summary>
    /// <param name="cells">Length of the axis.</param>
    /// <param name="size">Length of a stretch; the axis is one stretch if it is not longer.</param>
    /// <param name="overlap">What neighbours share at least, below <paramref name="size"/>.</param>
    /// <param name="scale">Samples of the result per cell.</param>
    internal static FadedTile[] Cover(int cells, int size, int overlap, int scale)
    {
        int length = Math.Min(cells, size), count = cells <= size ? 1 : ((cells - overlap - 1) / (size - overlap)) + 1;
        double[] sums = new double[(long)cells * scale];
        FadedTile[] tiles = new FadedTile[count];
        for (int i = 0; i < count; i++)
        {
            int start = count == 1 ? 0 : (int)((long)i * (cells - length) / (count - 1));
            float[] weights = new float[length * scale];
            for (int p = 0; p < weights.Length; p++)
            {
                // Rises over the overlap from both ends; at the ends of the axis the sum below makes it whole again.
                weights[p] = (float)(Math.Min(Math.Min(p, weights.Length - 1 - p) + 0.5, overlap * scale) / Math.Max(1, overlap * scale));
                sums[(start * scale) + p] += weights[p];
            }

            tiles[i] = new FadedTile(start, length, weights);
        }

        foreach (FadedTile tile in tiles)
        {
            for (int p = 0; p < tile.Weights.Length; p++)
            {
                tile.Weights[p] = (float)(tile.Weights[p] / sums[(tile.Start * scale) + p]);
            }
        }

        return tiles;
    }
}
