namespace Codecs.Models.Nirvana.Motion;

/// <summary>Builds a picture out of blocks of another.</summary>
internal static class MotionCompensation
{
    /// <summary>A plane moved as a field says.</summary>
    /// <param name="reference">Decoded plane, margins extended.</param>
    /// <param name="field">The motion of luma blocks.</param>
    /// <param name="halfColumns">True when the plane has half of luma's columns.</param>
    /// <param name="halfRows">True when it has half of its rows.</param>
    /// <param name="isLuma">Luma has filters of eight taps, chroma of four.</param>
    internal static Grid Predict(Grid reference, MotionField field, bool halfColumns, bool halfRows, bool isLuma)
    {
        Grid moved = Grid.Create(reference.Width, reference.Height);
        int stepX = MotionField.Block >> (halfColumns ? 1 : 0), stepY = MotionField.Block >> (halfRows ? 1 : 0);

        // Vectors count quarters of luma: quarters of the plane where it has luma's density, eighths where it has half of it.
        int fractionsX = halfColumns || !isLuma ? 8 : 4, fractionsY = halfRows || !isLuma ? 8 : 4;
        int scaleX = !halfColumns && !isLuma ? 2 : 1, scaleY = !halfRows && !isLuma ? 2 : 1;
        for (int row = 0; row * stepY < moved.Height; row++)
        {
            int height = Math.Min(stepY, moved.Height - (row * stepY));
            for (int column = 0; column * stepX < moved.Width; column++)
            {
                MotionField.Vector vector = field.At(column, row);
                int x = column * stepX, y = row * stepY;
                Interpolation.Fetch(
                    reference, (x * fractionsX) + (vector.X * scaleX), (y * fractionsY) + (vector.Y * scaleY), fractionsX, fractionsY, height,
                    moved.Samples.AsSpan(moved.IndexOf(x, y)), moved.Stride);
            }
        }

        moved.Extend();
        return moved;
    }

    /// <summary>Half of the sum and of the difference of two planes.</summary>
    internal static (Grid Mean, Grid Doubt) Combine(Grid first, Grid second)
    {
        Grid mean = Grid.Create(first.Width, first.Height), doubt = Grid.Create(first.Width, first.Height);
        for (int i = 0; i < mean.Samples.Length; i++)
        {
            mean.Samples[i] = (short)((first.Samples[i] + second.Samples[i] + 1) >> 1);
            doubt.Samples[i] = (short)((first.Samples[i] - second.Samples[i]) >> 1);
        }

        return (mean, doubt);
    }
}
