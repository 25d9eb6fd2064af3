namespace Codecs.EntropyCoding.Tests;

/// <summary>A table as plain numbers, so that tests can compute what they expect without the library.</summary>
internal sealed record PlainTable(int Offset, int[] Cumulative)
{
    public int Regular => Cumulative.Length - 2;

    public static TableSet ToSet(int precision, IEnumerable<PlainTable> tables)
    {
        var builder = new TableSetBuilder(precision);
        foreach (PlainTable table in tables)
        {
            builder.AddCumulative(table.Offset, table.Cumulative);
        }

        return builder.Build();
    }

    /// <summary>Random shapes, among them two-symbol tables of frequency 1 and 2^n - 1, and tables where every frequency is 1.</summary>
    public static PlainTable[] Random(Random rng, int precision, int count)
    {
        var tables = new PlainTable[count];
        int total = 1 << precision;
        for (int t = 0; t < count; t++)
        {
            int[] cumulative = rng.Next(4) switch
            {
                0 => [0, 1, total],
                1 => [0, total - 1, total],
                2 when precision <= 12 => [.. Enumerable.Range(0, total + 1)],
                _ => RandomCuts(rng, total),
            };
            int regular = cumulative.Length - 2;
            int offset = rng.Next(8) switch
            {
                0 => -short.MaxValue,
                1 => short.MaxValue - regular + 1,
                _ => -regular / 2,
            };
            tables[t] = new PlainTable(offset, cumulative);
        }

        return tables;
    }

    private static int[] RandomCuts(Random rng, int total)
    {
        int symbols = rng.Next(2, Math.Min(total, 4096) + 1);
        var cuts = new SortedSet<int> { 0, total };
        while (cuts.Count <= symbols)
        {
            // Half of the cuts crowd at the start: many frequencies of 1 beside large ones.
            cuts.Add(rng.Next(2) == 0 ? rng.Next(total) : rng.Next(Math.Min(total, 2 * symbols)));
        }

        return [.. cuts];
    }
}
