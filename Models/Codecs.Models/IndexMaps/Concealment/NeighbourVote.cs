namespace Codecs.Models.IndexMaps.Concealment;

/// <summary>Concealment without a network: the index that most of the eight received neighbours have, else one that lies nearest.</summary>
internal static class NeighbourVote
{
    /// <summary>Fills the lost sites.</summary>
    /// <param name="values">Indices [rows, columns]; those of lost sites are replaced.</param>
    /// <param name="lost">True where nothing was received, [rows, columns].</param>
    /// <param name="columns">Columns of the map.</param>
    internal static void Fill(Span<ushort> values, ReadOnlySpan<bool> lost, int columns)
    {
        int rows = values.Length / columns;
        var open = new List<int>();
        bool[] known = new bool[values.Length];
        for (int site = 0; site < values.Length; site++)
        {
            known[site] = !lost[site];
            if (lost[site])
            {
                open.Add(site);
            }
        }

        // Sites with received neighbours first, then from there inwards.
        while (open.Count > 0)
        {
            var filled = new List<(int Site, ushort Value)>();
            foreach (int site in open)
            {
                if (Vote(values, known, site, rows, columns) is { } value)
                {
                    filled.Add((site, value));
                }
            }

            if (filled.Count == 0)
            {
                return; // nothing was received at all
            }

            foreach ((int site, ushort value) in filled)
            {
                (values[site], known[site]) = (value, true);
            }

            open.RemoveAll(site => known[site]);
        }
    }

    private static ushort? Vote(ReadOnlySpan<ushort> values, bool[] known, int site, int rows, int columns)
    {
        int row = site / columns, column = site % columns, most = 0;
        ushort? best = null;
        Span<ushort> seen = stackalloc ushort[8];
        int count = 0;
        for (int r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
        {
            for (int c = Math.Max(0, column - 1); c <= Math.Min(columns - 1, column + 1); c++)
            {
                if (known[(r * columns) + c])
                {
                    seen[count++] = values[(r * columns) + c];
                }
            }
        }

        foreach (ushort candidate in seen[..count])
        {
            int votes = seen[..count].Count(candidate);
            if (votes > most)
            {
                (most, best) = (votes, candidate);
            }
        }

        return best;
    }
}
