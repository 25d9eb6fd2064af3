namespace Codecs.Models.Nirvana;

/// <summary>The planes of a picture.</summary>
/// <param name="Width">Columns of the first plane.</param>
/// <param name="Height">Rows of the first plane.</param>
/// <param name="Planes">1 or 3.</param>
/// <param name="HalfColumns">True when the other planes have half the columns, rounded up.</param>
/// <param name="HalfRows">True when they have half the rows.</param>
/// <param name="ColourDifference">True when the other planes are Cg and Co of RGB rather than Cb and Cr.</param>
internal readonly record struct PictureShape(int Width, int Height, int Planes, bool HalfColumns, bool HalfRows, bool ColourDifference)
{
    // In RGB an error of Co counts two thirds of one of luma, an error of Cg as much.
    private const int OrangeOffset = 2;

    /// <summary>Patches in a row.</summary>
    internal int PatchColumns => (Width + PatchGrid.Side - 1) / PatchGrid.Side;

    /// <summary>Rows of patches.</summary>
    internal int PatchRows => (Height + PatchGrid.Side - 1) / PatchGrid.Side;

    /// <summary>Columns of a plane.</summary>
    internal int PlaneWidth(int plane) => plane > 0 && HalfColumns ? (Width + 1) / 2 : Width;

    /// <summary>Rows of a plane.</summary>
    internal int PlaneHeight(int plane) => plane > 0 && HalfRows ? (Height + 1) / 2 : Height;

    /// <summary>Rate index of a plane.</summary>
    internal int RateIndexOf(int plane, int rateIndex) =>
        Math.Min(QuantizerSteps.MaxIndex, rateIndex + (ColourDifference && plane == 2 ? OrangeOffset : 0));

    /// <summary>Luma at the size of the other planes.</summary>
    internal Grid ReduceLuma(Grid luma)
    {
        Grid reduced = luma;
        if (HalfColumns)
        {
            reduced = new Split(Width, Height, Horizontal: true).Coarse(reduced);
        }

        return HalfRows ? new Split(reduced.Width, Height, Horizontal: false).Coarse(reduced) : reduced;
    }
}
