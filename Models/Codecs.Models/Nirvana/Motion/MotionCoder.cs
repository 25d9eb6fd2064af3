using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Nirvana.Motion;

/// <summary>Codes motion fields with adaptive bits: whether a group of four blocks shares a vector, and how each differs from what is expected.</summary>
internal sealed class MotionCoder
{
    private const int Fields = 2, Magnitudes = 3;
    private readonly BinaryContext[] _split = new BinaryContext[Fields * 3];
    private readonly BinaryContext[] _changed = new BinaryContext[Fields * 3 * 2 * 2];
    private readonly SignedIntegerModel _columns = new(2 * MotionField.MaxVector, Fields * Magnitudes * 2);
    private readonly SignedIntegerModel _rows = new(2 * MotionField.MaxVector, Fields * Magnitudes * 2);

    /// <summary>Codes a field.</summary>
    /// <param name="field">Written from, or filled.</param>
    /// <param name="number">0 for the picture before, 1 for the one after.</param>
    /// <param name="port">Writer, reader or counter.</param>
    internal void Run<TPort>(MotionField field, int number, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        bool[] split = new bool[field.Columns / 2 * (field.Rows / 2)];
        bool[] changed = new bool[field.Columns * field.Rows];
        for (int row = 0; row < field.Rows; row += 2)
        {
            for (int column = 0; column < field.Columns; column += 2)
            {
                int group = (row / 2 * (field.Columns / 2)) + (column / 2);
                int neighbours = (column > 0 && split[group - 1] ? 1 : 0) + (row > 0 && split[group - (field.Columns / 2)] ? 1 : 0);
                bool isSplit = TPort.Gives && !IsUniform(field, column, row);
                isSplit = port.Bit(ref _split[(number * 3) + neighbours], isSplit ? 1 : 0) != 0;
                split[group] = isSplit;
                int size = isSplit ? 1 : 2;
                for (int y = row; y < row + 2; y += size)
                {
                    for (int x = column; x < column + 2; x += size)
                    {
                        Code(field, x, y, size, number, changed, ref port);
                    }
                }
            }
        }
    }

    /// <summary>Forgets all statistics.</summary>
    internal void Reset()
    {
        Array.Clear(_split);
        Array.Clear(_changed);
        _columns.Reset();
        _rows.Reset();
    }

    private static bool IsUniform(MotionField field, int column, int row)
    {
        MotionField.Vector v = field.At(column, row);
        return field.At(column + 1, row) == v && field.At(column, row + 1) == v && field.At(column + 1, row + 1) == v;
    }

    private void Code<TPort>(MotionField field, int column, int row, int size, int number, bool[] changed, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        MotionField.Vector expected = field.Expected(column, row, size), vector = field.At(column, row);
        int at = (row * field.Columns) + column;
        int neighbours = (column > 0 && changed[at - 1] ? 1 : 0) + (row > 0 && changed[at - field.Columns] ? 1 : 0);
        bool isChanged = port.Bit(ref _changed[(((number * 3) + neighbours) * 2) + size - 1], TPort.Gives && vector != expected ? 1 : 0) != 0;
        if (isChanged)
        {
            int context = (((number * Magnitudes) + neighbours) * 2) + size - 1;
            int x = port.Signed(_columns, vector.X - expected.X, context), y = port.Signed(_rows, vector.Y - expected.Y, context);
            vector = new MotionField.Vector(Limit(expected.X + x), Limit(expected.Y + y));
        }
        else
        {
            vector = expected;
        }

        for (int dy = 0; dy < size; dy++)
        {
            for (int dx = 0; dx < size; dx++)
            {
                field.At(column + dx, row + dy) = vector;
                changed[((row + dy) * field.Columns) + column + dx] = isChanged;
            }
        }
    }

    private static short Limit(int component) => (short)Math.Clamp(component, -MotionField.MaxVector, MotionField.MaxVector);
}
