using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana.Motion;

/// <summary>Samples of a plane between its samples, eight in a row at a time, in integers.</summary>
/// <remarks>Filters of ITU-T H.265 (8.5.3.3): eight taps for quarters, four taps for eighths; sums of 64, rounded after each direction.</remarks>
internal static class Interpolation
{
    /// <summary>Samples in a row of a block.</summary>
    internal const int Block = 8;

    private const int Reach = 3, Taps = 8, Bits = 6;

    private static readonly short[] s_quarters =
    [
        0, 0, 0, 64, 0, 0, 0, 0,
        -1, 4, -10, 58, 17, -5, 1, 0,
        -1, 4, -11, 40, 40, -11, 4, -1,
        0, 1, -5, 17, 58, -10, 4, -1,
    ];

    private static readonly short[] s_eighths =
    [
        0, 0, 0, 64, 0, 0, 0, 0,
        0, 0, -2, 58, 10, -2, 0, 0,
        0, 0, -4, 54, 16, -2, 0, 0,
        0, 0, -6, 46, 28, -4, 0, 0,
        0, 0, -4, 36, 36, -4, 0, 0,
        0, 0, -4, 28, 46, -6, 0, 0,
        0, 0, -2, 16, 54, -4, 0, 0,
        0, 0, -2, 10, 58, -2, 0, 0,
    ];

    /// <summary>Fetches a block.</summary>
    /// <param name="plane">The plane; beyond its border its border samples go on.</param>
    /// <param name="x">First column, in units of 1 / <paramref name="fractionsX"/>.</param>
    /// <param name="y">First row, likewise.</param>
    /// <param name="fractionsX">Positions between two columns: 4 or 8.</param>
    /// <param name="fractionsY">Positions between two rows: 4 or 8.</param>
    /// <param name="rows">Rows of the block, 1..16.</param>
    /// <param name="destination">Receives 8 columns of <paramref name="rows"/> rows.</param>
    /// <param name="stride">Samples from one row of the destination to the next.</param>
    internal static void Fetch(Grid plane, int x, int y, int fractionsX, int fractionsY, int rows, Span<short> destination, int stride)
    {
        int wholeX = (int)Math.Floor((double)x / fractionsX), wholeY = (int)Math.Floor((double)y / fractionsY);
        int partX = x - (wholeX * fractionsX), partY = y - (wholeY * fractionsY);
        Span<short> window = stackalloc short[(16 + Taps) * 16];
        int above = partY == 0 ? 0 : Reach, needed = rows + (partY == 0 ? 0 : Taps - 1);
        ReadOnlySpan<short> from = Window(plane, wholeX - Reach, wholeY - above, needed, window, out int fromStride);
        ReadOnlySpan<short> horizontal = Filter(partX, fractionsX), vertical = Filter(partY, fractionsY);
        Span<short> between = stackalloc short[(16 + Taps) * Block];
        for (int r = 0; r < needed; r++)
        {
            Across(from[(r * fromStride)..], partX, horizontal).CopyTo(between[(r * Block)..]);
        }

        for (int r = 0; r < rows; r++)
        {
            Down(between[(r * Block)..], partY, vertical).CopyTo(destination[(r * stride)..]);
        }
    }

    private static ReadOnlySpan<short> Filter(int part, int fractions) =>
        fractions == 4 ? s_quarters.AsSpan(part * Taps, Taps) : s_eighths.AsSpan(part * Taps, Taps);

    /// <summary>16 columns of some rows: a part of the plane, or a copy that goes on beyond its border.</summary>
    private static ReadOnlySpan<short> Window(Grid plane, int x, int y, int rows, Span<short> copy, out int stride)
    {
        if (x >= -Grid.Margin && y >= -Grid.Margin && x + 16 <= plane.Width + Grid.RightMargin && y + rows <= plane.Height + Grid.Margin)
        {
            stride = plane.Stride;
            return plane.Samples.AsSpan(plane.IndexOf(x, y), ((rows - 1) * stride) + 16);
        }

        stride = 16;
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<short> row = plane.Row(Math.Clamp(y + r, 0, plane.Height - 1));
            for (int c = 0; c < 16; c++)
            {
                copy[(r * 16) + c] = row[Math.Clamp(x + c, 0, plane.Width - 1)];
            }
        }

        return copy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Across(ReadOnlySpan<short> row, int part, ReadOnlySpan<short> filter)
    {
        if (part == 0)
        {
            return Vector128.Create(row.Slice(Reach, Block));
        }

        Vector256<int> sum = Vector256.Create(1 << (Bits - 1));
        for (int t = 0; t < filter.Length; t++)
        {
            sum += Wide(row.Slice(t, Block)) * filter[t];
        }

        return Narrow(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Down(ReadOnlySpan<short> rows, int part, ReadOnlySpan<short> filter)
    {
        if (part == 0)
        {
            return Vector128.Create(rows[..Block]);
        }

        Vector256<int> sum = Vector256.Create(1 << (Bits - 1));
        for (int t = 0; t < filter.Length; t++)
        {
            sum += Wide(rows.Slice(t * Block, Block)) * filter[t];
        }

        return Narrow(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Wide(ReadOnlySpan<short> samples)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(samples)));
        return Vector256.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Narrow(Vector256<int> sum)
    {
        Vector256<int> value = Vector256.Min(Vector256.Max(sum >> Bits, Vector256.Create(-8192)), Vector256.Create(8191));
        return Vector128.Narrow(value.GetLower(), value.GetUpper());
    }
}
