using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>A grid as scenes store it: through 0, so that grids of one step have the same places wherever they begin.</summary>
/// <param name="Step">Distance of places, above 0.</param>
/// <param name="X">First place, in steps.</param>
/// <param name="Y">First place, in steps.</param>
/// <param name="Z">First place, in steps.</param>
/// <param name="Bits">Bits of a place counted from the first, 1..20.</param>
internal sealed record SceneGrid(float Step, long X, long Y, long Z, int Bits)
{
    private const long MaxPlace = 1L << 50;

    /// <summary>The grid for the coder.</summary>
    public GridFrame ToFrame() => new(X * (double)Step, Y * (double)Step, Z * (double)Step, Step, Bits);

    /// <summary>The smallest grid of a step around a box; null if that needs too many bits.</summary>
    public static SceneGrid? Fit(float step, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        Span<long> first = stackalloc long[3];
        long most = 1;
        for (int axis = 0; axis < 3; axis++)
        {
            double from = Math.Floor(low[axis] / step), to = Math.Ceiling(high[axis] / step);
            if (!(Math.Abs(from) < MaxPlace && Math.Abs(to) < MaxPlace))
            {
                return null;
            }

            first[axis] = (long)from;
            most = Math.Max(most, (long)to - (long)from);
        }

        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)most);
        return bits <= GridFrame.MaxBits ? new SceneGrid(step, first[0], first[1], first[2], bits) : null;
    }

    /// <summary>Appends the grid.</summary>
    public void Write(PayloadWriter writer)
    {
        writer.Single(Step);
        writer.Signed(X);
        writer.Signed(Y);
        writer.Signed(Z);
        writer.Byte(Bits);
    }

    /// <summary>Reads a grid.</summary>
    /// <exception cref="InvalidBitstreamException">It has no meaning.</exception>
    public static SceneGrid Read(PayloadCursor cursor)
    {
        var grid = new SceneGrid(cursor.Single(), cursor.Signed(), cursor.Signed(), cursor.Signed(), cursor.Byte());
        bool isPossible = grid.Step > 0 && grid.Bits is >= 1 and <= GridFrame.MaxBits
            && Math.Abs(grid.X) <= MaxPlace && Math.Abs(grid.Y) <= MaxPlace && Math.Abs(grid.Z) <= MaxPlace;
        return isPossible ? grid : throw cursor.Fault("a grid without meaning");
    }
}
