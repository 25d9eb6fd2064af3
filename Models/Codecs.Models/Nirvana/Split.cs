namespace Codecs.Models.Nirvana;

/// <summary>One step of a pyramid: samples a, b beside each other become their mean c and half their difference h; a = c + h, b = c - h.</summary>
/// <param name="Width">Columns of the finer plane.</param>
/// <param name="Height">Rows of the finer plane.</param>
/// <param name="Horizontal">True when a and b are columns, false when they are rows.</param>
internal readonly record struct Split(int Width, int Height, bool Horizontal)
{
    private const int LargestRoot = 32;

    /// <summary>Most steps of a pyramid: those of 65536 x 65536 pictures.</summary>
    internal const int MaxSteps = 28;

    /// <summary>Columns of the coarser plane; a last column without a partner stays as it is.</summary>
    internal int CoarseWidth => Horizontal ? (Width + 1) / 2 : Width;

    /// <summary>Rows of the coarser plane.</summary>
    internal int CoarseHeight => Horizontal ? Height : (Height + 1) / 2;

    /// <summary>The steps of a plane, the finest first: columns and rows in turn until at most 32 samples are left.</summary>
    internal static Split[] Plan(int width, int height)
    {
        var steps = new List<Split>();
        while (width * (long)height > LargestRoot)
        {
            bool horizontal = (steps.Count % 2 == 0 && width > 1) || height == 1;
            var split = new Split(width, height, horizontal);
            steps.Add(split);
            (width, height) = (split.CoarseWidth, split.CoarseHeight);
        }

        return [.. steps];
    }

    /// <summary>Means of the finer plane, rounded down.</summary>
    internal Grid Coarse(Grid fine)
    {
        Grid coarse = Grid.Create(CoarseWidth, CoarseHeight);
        for (int y = 0; y < coarse.Height; y++)
        {
            Span<short> to = coarse.Row(y);
            ReadOnlySpan<short> first = fine.Row(Horizontal ? y : 2 * y), second = fine.Row(Horizontal ? y : Math.Min((2 * y) + 1, Height - 1));
            if (Horizontal)
            {
                int pairs = Width / 2;
                for (int x = 0; x < pairs; x++)
                {
                    to[x] = (short)((first[2 * x] + first[(2 * x) + 1]) >> 1);
                }

                if (pairs < to.Length)
                {
                    to[pairs] = first[2 * pairs];
                }
            }
            else
            {
                for (int x = 0; x < to.Length; x++)
                {
                    to[x] = (short)((first[x] + second[x]) >> 1);
                }
            }
        }

        coarse.Extend();
        return coarse;
    }

    /// <summary>Half differences of the finer plane, rounded down; 0 where a sample has no partner.</summary>
    internal Grid Halves(Grid fine)
    {
        Grid halves = Grid.Create(CoarseWidth, CoarseHeight);
        for (int y = 0; y < halves.Height; y++)
        {
            Span<short> to = halves.Row(y);
            ReadOnlySpan<short> first = fine.Row(Horizontal ? y : 2 * y), second = fine.Row(Horizontal ? y : Math.Min((2 * y) + 1, Height - 1));
            if (Horizontal)
            {
                for (int x = 0; x < Width / 2; x++)
                {
                    to[x] = (short)((first[2 * x] - first[(2 * x) + 1]) >> 1);
                }
            }
            else
            {
                for (int x = 0; x < to.Length; x++)
                {
                    to[x] = (short)((first[x] - second[x]) >> 1);
                }
            }
        }

        return halves;
    }

    /// <summary>The finer plane: c + h and c - h, kept in the range of samples.</summary>
    internal Grid Join(Grid coarse, Grid halves)
    {
        Grid fine = Grid.Create(Width, Height);
        Spread(coarse, halves, fine);
        fine.Extend();
        return fine;
    }

    /// <summary>The finer plane of differences: h and -h on top of nothing, margins zero.</summary>
    internal Grid Spread(Grid halves)
    {
        Grid fine = Grid.Create(Width, Height);
        Spread(null, halves, fine);
        return fine;
    }

    /// <summary>The finer plane in which both of a pair are what the coarser one says, margins zero.</summary>
    internal Grid Repeat(Grid coarse)
    {
        Grid fine = Grid.Create(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            Span<short> to = fine.Row(y);
            ReadOnlySpan<short> from = coarse.Row(Horizontal ? y : y / 2);
            for (int x = 0; x < to.Length; x++)
            {
                to[x] = from[Horizontal ? x / 2 : x];
            }
        }

        return fine;
    }

    private void Spread(Grid? coarse, Grid halves, Grid fine)
    {
        for (int y = 0; y < Height; y++)
        {
            Span<short> to = fine.Row(y);
            int row = Horizontal ? y : y / 2;
            ReadOnlySpan<short> h = halves.Row(row), c = coarse is null ? default : coarse.Row(row);
            int sign = !Horizontal && (y & 1) != 0 ? -1 : 1;
            for (int x = 0; x < to.Length; x++)
            {
                int at = Horizontal ? x / 2 : x;
                int value = (c.IsEmpty ? 0 : c[at]) + (h[at] * (Horizontal && (x & 1) != 0 ? -1 : sign));
                to[x] = (short)Math.Clamp(value, -8192, 8191);
            }
        }
    }
}
