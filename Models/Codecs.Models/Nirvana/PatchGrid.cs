namespace Codecs.Models.Nirvana;

/// <summary>The patches of a plane: 32 x 32 samples of luma and what belongs to them in chroma, at every step of the pyramid below them.</summary>
/// <param name="Columns">Patches in a row.</param>
/// <param name="Rows">Rows of patches.</param>
/// <param name="WidthBits">Base 2 logarithm of a patch's columns in this plane.</param>
/// <param name="HeightBits">Base 2 logarithm of its rows.</param>
internal readonly record struct PatchGrid(int Columns, int Rows, int WidthBits, int HeightBits)
{
    /// <summary>Base 2 logarithm of the side of a patch of luma.</summary>
    internal const int Bits = 5;

    /// <summary>Side of a patch of luma.</summary>
    internal const int Side = 1 << Bits;

    /// <summary>The patch of a position on a step's coarse grid; the number of patches for positions above patches.</summary>
    /// <param name="k">Step; columns and rows are halved in turn, columns first.</param>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    internal int Of(int k, int x, int y)
    {
        (int width, int height) = At(k);
        return width < 0 || height < 0 ? Columns * Rows : ((y >> height) * Columns) + (x >> width);
    }

    /// <summary>Flags of patches on a step's coarse grid, [rows, columns]; null above patches, and when none is set.</summary>
    internal bool[]? Spread(bool[] flags, Split[] steps, int k)
    {
        (int width, int height) = At(k);
        if (width < 0 || height < 0 || !flags.Contains(true))
        {
            return null;
        }

        int gridWidth = steps[k].CoarseWidth, gridHeight = steps[k].CoarseHeight;
        bool[] mask = new bool[gridWidth * gridHeight];
        for (int y = 0; y < gridHeight; y++)
        {
            for (int x = 0; x < gridWidth; x++)
            {
                mask[(y * gridWidth) + x] = flags[((y >> height) * Columns) + (x >> width)];
            }
        }

        return mask;
    }

    private (int Width, int Height) At(int k) => (WidthBits - (k / 2) - 1, HeightBits - ((k + 1) / 2));
}
