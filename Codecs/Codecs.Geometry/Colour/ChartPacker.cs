using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>Packs charts onto a square texture in rows, highest first, as large as they fit.</summary>
internal static class ChartPacker
{
    /// <summary>Empty pixels on each side of a chart.</summary>
    internal const int Gutter = 2;

    private const int Halvings = 24;

    /// <summary>Packs charts.</summary>
    /// <param name="sizes">Width and height of each chart, scene units.</param>
    /// <param name="side">Width and height of the texture in pixels.</param>
    /// <param name="scale">Pixels of a scene unit.</param>
    /// <returns>The pixel of each chart's left upper corner.</returns>
    /// <exception cref="ArgumentException">They do not fit at any scale.</exception>
    internal static (int X, int Y)[] Pack(Vector2[] sizes, int side, out float scale)
    {
        int[] order = new int[sizes.Length];
        float[] heights = new float[sizes.Length];
        float longest = 0;
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], heights[i]) = (i, -sizes[i].Y);
            longest = Math.Max(longest, Math.Max(sizes[i].X, sizes[i].Y));
        }

        // Ties by number, so that the order does not depend on how a library sorts.
        Array.Sort(order, (a, b) => heights[a] != heights[b] ? heights[a].CompareTo(heights[b]) : a.CompareTo(b));
        var places = new (int X, int Y)[sizes.Length];
        float low = 0, high = longest > 0 ? side / longest : 1;
        if (!Fits(sizes, order, side, low, places))
        {
            throw new ArgumentException($"{sizes.Length} charts do not fit onto a texture of {side} x {side} pixels; take a larger one.", nameof(side));
        }

        for (int i = 0; i < Halvings; i++)
        {
            float middle = (low + high) / 2;
            (low, high) = Fits(sizes, order, side, middle, places) ? (middle, high) : (low, middle);
        }

        _ = Fits(sizes, order, side, low, places);
        scale = low;
        return places;
    }

    /// <summary>Pixels of a length: those that its ends lie in the middle of, and those between.</summary>
    internal static int Pixels(float length, float scale) => (int)MathF.Ceiling(length * scale) + 1;

    private static bool Fits(Vector2[] sizes, int[] order, int side, float scale, (int X, int Y)[] places)
    {
        int x = 0, y = 0, rowHeight = 0;
        foreach (int chart in order)
        {
            int width = Pixels(sizes[chart].X, scale) + (2 * Gutter), height = Pixels(sizes[chart].Y, scale) + (2 * Gutter);
            if (x + width > side)
            {
                (x, y, rowHeight) = (0, y + rowHeight, 0);
            }

            if (x + width > side || y + height > side)
            {
                return false;
            }

            places[chart] = (x + Gutter, y + Gutter);
            x += width;
            rowHeight = Math.Max(rowHeight, height);
        }

        return true;
    }
}
