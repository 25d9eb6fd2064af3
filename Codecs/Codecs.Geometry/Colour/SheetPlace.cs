using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>The four pixels of a sheet around a place and their weights.</summary>
/// <param name="At">Index of the upper left pixel.</param>
/// <param name="Across">Steps to its right neighbour, 0 on the right edge of a view.</param>
/// <param name="Down">Steps to its lower neighbour, 0 on the lower edge.</param>
/// <param name="X">Weight of the right pixels.</param>
/// <param name="Y">Weight of the lower pixels.</param>
internal readonly record struct SheetPlace(int At, int Across, int Down, float X, float Y)
{
    /// <summary>Finds a place; outside of the view the nearest one on its edge.</summary>
    /// <param name="layout">The sheet.</param>
    /// <param name="view">The view.</param>
    /// <param name="place">As <see cref="CubeViews.Place"/> gives it.</param>
    internal static SheetPlace Find(SheetLayout layout, int view, Vector2 place)
    {
        (int left, int top, int width, int height) = layout.Area(view);
        float x = Math.Clamp((width / 2f) + (place.X * layout.Longest) - 0.5f, 0, width - 1);
        float y = Math.Clamp((height / 2f) + (place.Y * layout.Longest) - 0.5f, 0, height - 1);
        int column = (int)x, row = (int)y;
        return new SheetPlace(((top + row) * layout.Width) + left + column, column + 1 < width ? 1 : 0, row + 1 < height ? layout.Width : 0, x - column, y - row);
    }

    /// <summary>The colour there.</summary>
    internal Vector3 Sample(Vector3[] sheet) => Vector3.Lerp(
        Vector3.Lerp(sheet[At], sheet[At + Across], X),
        Vector3.Lerp(sheet[At + Down], sheet[At + Down + Across], X),
        Y);

    /// <summary>Adds a colour and its weight to the pixels it would be sampled from.</summary>
    internal void Splat(Vector3 colour, Vector3[] sums, float[] weights)
    {
        Add(At, (1 - X) * (1 - Y));
        Add(At + Across, X * (1 - Y));
        Add(At + Down, (1 - X) * Y);
        Add(At + Down + Across, X * Y);

        void Add(int at, float weight)
        {
            sums[at] += weight * colour;
            weights[at] += weight;
        }
    }
}
