using System.Runtime.CompilerServices;

namespace Codecs.Models.Nirvana;

/// <summary>A plane of int16 samples with a margin around it, so that vector code may look at neighbours and beyond the end of a row.</summary>
/// <remarks>Picture samples are in 1/32 of a grey level of 8 bits, less 4096: -4096..4095 for every bit depth.</remarks>
internal sealed class Grid
{
    /// <summary>Samples of margin on the left, above and below.</summary>
    internal const int Margin = 4;

    /// <summary>Samples of margin on the right: a vector may start at the last sample.</summary>
    internal const int RightMargin = 36;

    private Grid(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = Margin + width + RightMargin;
        Samples = new short[Stride * (height + (2 * Margin))];
    }

    /// <summary>Columns.</summary>
    internal int Width { get; }

    /// <summary>Rows.</summary>
    internal int Height { get; }

    /// <summary>Samples from one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>All samples, margins included.</summary>
    internal short[] Samples { get; }

    /// <summary>A plane of zeros.</summary>
    internal static Grid Create(int width, int height) => new(width, height);

    /// <summary>Where a sample is in <see cref="Samples"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int IndexOf(int x, int y) => ((y + Margin) * Stride) + Margin + x;

    /// <summary>A row without its margins.</summary>
    internal Span<short> Row(int y) => Samples.AsSpan(IndexOf(0, y), Width);

    /// <summary>Continues the border samples into the margins.</summary>
    internal void Extend()
    {
        for (int y = 0; y < Height; y++)
        {
            int start = IndexOf(0, y);
            Samples.AsSpan(start - Margin, Margin).Fill(Samples[start]);
            Samples.AsSpan(start + Width, RightMargin).Fill(Samples[start + Width - 1]);
        }

        ReadOnlySpan<short> first = Samples.AsSpan(Margin * Stride, Stride), last = Samples.AsSpan((Margin + Height - 1) * Stride, Stride);
        for (int m = 0; m < Margin; m++)
        {
            first.CopyTo(Samples.AsSpan(m * Stride));
            last.CopyTo(Samples.AsSpan((Margin + Height + m) * Stride));
        }
    }

    /// <summary>The difference of two planes of one size, sample by sample.</summary>
    internal static Grid Difference(Grid left, Grid right)
    {
        var result = new Grid(left.Width, left.Height);
        for (int i = 0; i < result.Samples.Length; i++)
        {
            result.Samples[i] = (short)(left.Samples[i] - right.Samples[i]);
        }

        return result;
    }
}
