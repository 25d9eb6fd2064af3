using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana.Motion;

/// <summary>Finds the motion of a picture's blocks: coarse to fine, then to quarters of a sample, groups of four split where that pays.</summary>
/// <remarks>Only encoders search, so nothing here is part of the format.</remarks>
internal sealed class MotionSearch
{
    private const int Block = MotionField.Block, Group = 2 * Block, CoarseRange = 12, MostSteps = 12;
    private static readonly (int X, int Y)[] s_diamond = [(-1, 0), (1, 0), (0, -1), (0, 1)];
    private static readonly (int X, int Y)[] s_ring = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];

    private readonly Grid _source;
    private readonly Grid _reference;
    private readonly Grid _smallSource;
    private readonly Grid _smallReference;
    private readonly float _bitPrice;
    private readonly short[] _block = new short[Group * Group];

    /// <param name="source">Luma to find, margins extended.</param>
    /// <param name="reference">Decoded luma to find it in.</param>
    /// <param name="bitPrice">Absolute error that a bit is worth.</param>
    internal MotionSearch(Grid source, Grid reference, float bitPrice)
    {
        (_source, _reference, _bitPrice) = (source, reference, bitPrice);
        (_smallSource, _smallReference) = (Quarter(source), Quarter(reference));
    }

    /// <summary>Searches all blocks.</summary>
    /// <param name="hint">A field that may be near; null for none.</param>
    internal MotionField Run(MotionField? hint = null)
    {
        var field = new MotionField(_source.Width, _source.Height);
        for (int row = 0; row < field.Rows; row += 2)
        {
            for (int column = 0; column < field.Columns; column += 2)
            {
                SearchGroup(field, column, row, hint?.At(column, row));
            }
        }

        return field;
    }

    /// <summary>Improves a field whose picture is averaged with another one.</summary>
    /// <param name="field">The field; changed.</param>
    /// <param name="other">The other picture, moved.</param>
    internal void Refine(MotionField field, Grid other)
    {
        Grid target = Grid.Create(_source.Width, _source.Height);
        for (int i = 0; i < target.Samples.Length; i++)
        {
            target.Samples[i] = (short)Math.Clamp((2 * _source.Samples[i]) - other.Samples[i], -8192, 8191);
        }

        for (int row = 0; row < field.Rows; row += 2)
        {
            for (int column = 0; column < field.Columns; column += 2)
            {
                MotionField.Vector v = field.At(column, row);
                int size = field.At(column + 1, row) == v && field.At(column, row + 1) == v && field.At(column + 1, row + 1) == v ? 2 : 1;
                for (int y = row; y < row + 2; y += size)
                {
                    for (int x = column; x < column + 2; x += size)
                    {
                        MotionField.Vector expected = field.Expected(x, y, size), best = field.At(x, y);
                        float cost = Cost(target, best, x, y, size, expected, 0.5f);
                        (best, cost) = Ring(target, best, cost, 1, x, y, size, expected, 0.5f);
                        (best, _) = Try(target, expected, best, cost, x, y, size, expected, 0.5f);
                        Set(field, x, y, size, best);
                    }
                }
            }
        }
    }

    private static Grid Quarter(Grid plane)
    {
        for (int i = 0; i < 4; i++)
        {
            plane = new Split(plane.Width, plane.Height, i % 2 == 0).Coarse(plane);
        }

        return plane;
    }

    private static void Set(MotionField field, int column, int row, int size, MotionField.Vector vector)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                field.At(column + x, row + y) = vector;
            }
        }
    }

    private void SearchGroup(MotionField field, int column, int row, MotionField.Vector? hint)
    {
        MotionField.Vector expected = field.Expected(column, row, 2);
        (MotionField.Vector whole, float wholeCost) = Find(field, column, row, 2, expected, [hint, Coarse(column, row, default), Coarse(column, row, expected)]);

        // Four blocks: each starts from the vector of the group.
        float splitCost = 2 * _bitPrice;
        Span<MotionField.Vector> parts = stackalloc MotionField.Vector[4];
        for (int i = 0; i < 4 && splitCost < wholeCost; i++)
        {
            int x = column + (i % 2), y = row + (i / 2);
            MotionField.Vector partExpected = field.Expected(x, y, 1);
            (parts[i], float cost) = Find(field, x, y, 1, partExpected, [whole]);
            Set(field, x, y, 1, parts[i]);
            splitCost += cost;
        }

        if (splitCost >= wholeCost)
        {
            Set(field, column, row, 2, whole);
        }
    }

    private (MotionField.Vector Vector, float Cost) Find(
        MotionField field, int column, int row, int size, MotionField.Vector expected, ReadOnlySpan<MotionField.Vector?> starts)
    {
        (MotionField.Vector best, float cost) = (default, Cost(_source, default, column, row, size, expected, 1));
        (best, cost) = Try(_source, expected, best, cost, column, row, size, expected, 1);
        foreach (MotionField.Vector? start in starts)
        {
            if (start is { } s)
            {
                (best, cost) = Try(_source, s, best, cost, column, row, size, expected, 1);
            }
        }

        if (column > 0)
        {
            (best, cost) = Try(_source, field.At(column - 1, row), best, cost, column, row, size, expected, 1);
        }

        if (row > 0)
        {
            (best, cost) = Try(_source, field.At(column, row - 1), best, cost, column, row, size, expected, 1);
        }

        for (int step = 0; step < MostSteps; step++)
        {
            float before = cost;
            foreach ((int dx, int dy) in s_diamond)
            {
                (best, cost) = Try(_source, Moved(best, 4 * dx, 4 * dy), best, cost, column, row, size, expected, 1);
            }

            if (cost >= before)
            {
                break;
            }
        }

        (best, cost) = Ring(_source, best, cost, 2, column, row, size, expected, 1);
        return Ring(_source, best, cost, 1, column, row, size, expected, 1);
    }

    private (MotionField.Vector Vector, float Cost) Ring(
        Grid target, MotionField.Vector best, float cost, int distance, int column, int row, int size, MotionField.Vector expected, float weight)
    {
        MotionField.Vector centre = best;
        foreach ((int dx, int dy) in s_ring)
        {
            (best, cost) = Try(target, Moved(centre, dx * distance, dy * distance), best, cost, column, row, size, expected, weight);
        }

        return (best, cost);
    }

    private static MotionField.Vector Moved(MotionField.Vector v, int x, int y) => new((short)(v.X + x), (short)(v.Y + y));

    private (MotionField.Vector Vector, float Cost) Try(
        Grid target, MotionField.Vector vector, MotionField.Vector best, float cost, int column, int row, int size, MotionField.Vector expected, float weight)
    {
        if (vector == best || Math.Abs((int)vector.X) > MotionField.MaxVector || Math.Abs((int)vector.Y) > MotionField.MaxVector)
        {
            return (best, cost);
        }

        float other = Cost(target, vector, column, row, size, expected, weight);
        return other < cost ? (vector, other) : (best, cost);
    }

    private float Cost(Grid target, MotionField.Vector vector, int column, int row, int size, MotionField.Vector expected, float weight)
    {
        int side = Block * size, x = column * Block, y = row * Block;
        int width = Math.Min(side, _source.Width - x), height = Math.Min(side, _source.Height - y);
        float bits = vector == expected ? 0.5f : 3 + (2 * (MathF.Log2(1 + Math.Abs(vector.X - expected.X)) + MathF.Log2(1 + Math.Abs(vector.Y - expected.Y))));
        if (width <= 0 || height <= 0)
        {
            return bits * _bitPrice;
        }

        for (int c = 0; c < width; c += Block)
        {
            Interpolation.Fetch(_reference, ((x + c) * 4) + vector.X, (y * 4) + vector.Y, 4, 4, height, _block.AsSpan(c), Group);
        }

        return (Difference(target.Samples, target.IndexOf(x, y), target.Stride, _block, 0, Group, width, height) * weight) + (bits * _bitPrice);
    }

    /// <summary>The best whole displacement of a group in planes of a quarter of the size.</summary>
    private MotionField.Vector? Coarse(int column, int row, MotionField.Vector around)
    {
        // A window of 8 x 8 small samples around the group.
        int x = (column * Block / 4) - 2, y = (row * Block / 4) - 2;
        if (_smallSource.Width < 8 || _smallSource.Height < 8)
        {
            return null;
        }

        x = Math.Clamp(x, 0, _smallSource.Width - 8);
        y = Math.Clamp(y, 0, _smallSource.Height - 8);
        int centreX = around.X / 16, centreY = around.Y / 16, bestX = 0, bestY = 0;
        long best = long.MaxValue;
        for (int dy = centreY - CoarseRange; dy <= centreY + CoarseRange; dy++)
        {
            if (y + dy < 0 || y + dy + 8 > _smallReference.Height)
            {
                continue;
            }

            for (int dx = centreX - CoarseRange; dx <= centreX + CoarseRange; dx++)
            {
                if (x + dx < 0 || x + dx + 8 > _smallReference.Width)
                {
                    continue;
                }

                long difference = Difference(
                    _smallSource.Samples, _smallSource.IndexOf(x, y), _smallSource.Stride,
                    _smallReference.Samples, _smallReference.IndexOf(x + dx, y + dy), _smallReference.Stride, 8, 8)
                    + (16 * (Math.Abs(dx) + Math.Abs(dy)));
                if (difference < best)
                {
                    (best, bestX, bestY) = (difference, dx, dy);
                }
            }
        }

        return best == long.MaxValue ? null : new MotionField.Vector((short)(bestX * 16), (short)(bestY * 16));
    }

    /// <summary>Sum of absolute differences, eight columns at a time; a last part of eight counts whole.</summary>
    private static long Difference(short[] left, int leftAt, int leftStride, short[] right, int rightAt, int rightStride, int width, int height)
    {
        Vector256<int> sum = Vector256<int>.Zero;
        for (int r = 0; r < height; r++)
        {
            for (int c = 0; c < width; c += Block)
            {
                ReadOnlySpan<short> a = left.AsSpan(leftAt + (r * leftStride) + c, Block), b = right.AsSpan(rightAt + (r * rightStride) + c, Block);
                Vector128<short> difference = Vector128.Abs(
                    Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(a)) - Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(b)));
                (Vector128<int> low, Vector128<int> high) = Vector128.Widen(difference);
                sum += Vector256.Create(low, high);
            }
        }

        return Vector256.Sum(sum);
    }
}
