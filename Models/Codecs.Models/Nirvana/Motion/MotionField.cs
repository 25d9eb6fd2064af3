namespace Codecs.Models.Nirvana.Motion;

/// <summary>Where each block of a picture is found in another: quarter samples of luma for blocks of 8 x 8, four of which may share one vector.</summary>
internal sealed class MotionField
{
    /// <summary>Side of a block.</summary>
    internal const int Block = 8;

    /// <summary>Largest component, in quarter samples.</summary>
    internal const int MaxVector = 1 << 12;

    /// <param name="width">Columns of luma.</param>
    /// <param name="height">Rows of luma.</param>
    internal MotionField(int width, int height)
    {
        // Whole pairs of blocks, so that every group of four is complete.
        Columns = (width + (2 * Block) - 1) / (2 * Block) * 2;
        Rows = (height + (2 * Block) - 1) / (2 * Block) * 2;
        Vectors = new Vector[Columns * Rows];
    }

    /// <summary>Blocks in a row, even.</summary>
    internal int Columns { get; }

    /// <summary>Rows of blocks, even.</summary>
    internal int Rows { get; }

    /// <summary>[rows, columns].</summary>
    internal Vector[] Vectors { get; }

    /// <summary>The vector of a block.</summary>
    internal ref Vector At(int column, int row) => ref Vectors[(row * Columns) + column];

    /// <summary>What is expected of a block: the median of those left, above, and above right of it.</summary>
    /// <param name="column">First column of the block or group.</param>
    /// <param name="row">First row.</param>
    /// <param name="size">Blocks on a side: 1 or 2.</param>
    internal Vector Expected(int column, int row, int size)
    {
        if (row == 0)
        {
            return column == 0 ? default : At(column - 1, 0);
        }

        Vector above = At(column, row - 1);
        if (column == 0)
        {
            return above;
        }

        // Above right is known only where that group was coded before this block.
        bool isKnown = column + size < Columns && ((row & 1) == 0 || (size == 1 && (column & 1) == 0));
        Vector left = At(column - 1, row), right = isKnown ? At(column + size, row - 1) : At(column - 1, row - 1);
        return new Vector(Median(left.X, above.X, right.X), Median(left.Y, above.Y, right.Y));
    }

    private static short Median(short a, short b, short c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    /// <summary>A displacement in quarter samples of luma.</summary>
    /// <param name="X">To the right.</param>
    /// <param name="Y">Down.</param>
    internal readonly record struct Vector(short X, short Y);
}
