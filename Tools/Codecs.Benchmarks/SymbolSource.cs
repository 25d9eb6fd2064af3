using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>A million symbols drawn from the tables they will be coded with.</summary>
internal sealed class SymbolSource
{
    internal const int Count = 1_000_000;

    private static readonly Lazy<TableSet> s_coarse = new(() =>
        GaussianTables.Build(GaussianTables.StandardScalesQ48, 12, GaussianTables.StandardMaxMagnitude));

    private SymbolSource(string name, TableSet set, Func<Random, int> table)
    {
        (Name, Set) = ($"{name}, n = {set.Precision}", set);
        var random = new Random(1);
        int first = table(random);
        Table = first;
        for (int i = 0; i < Count; i++)
        {
            int t = table(random);
            Table = t == Table ? Table : -1;
            int slot = random.Next(1 << set.Precision);
            int symbol = 0;
            for (int f = set.Frequency(t, 0); slot >= f; f = set.Frequency(t, symbol))
            {
                slot -= f;
                symbol++;
            }

            Tables[i] = (byte)t;
            Symbols[i] = (short)(set.Offset(t) + symbol);
            IdealBits += set.Precision - Math.Log2(set.Frequency(t, symbol));
            IdealBits += symbol == set.SymbolCount(t) - 1 ? 5 : 0; // drawn escapes are just above their table: length 1, no more bits
        }
    }

    internal string Name { get; }

    internal TableSet Set { get; }

    internal short[] Symbols { get; } = new short[Count];

    internal byte[] Tables { get; } = new byte[Count];

    /// <summary>The table that all symbols share, or -1.</summary>
    internal int Table { get; }

    internal double IdealBits { get; }

    /// <summary>The Gaussian tables at 12, 14 or 16 bits.</summary>
    internal static TableSet Gaussian(int precision) => precision switch
    {
        12 => s_coarse.Value,
        14 => GaussianTables.Bulk,
        _ => GaussianTables.Standard,
    };

    /// <summary>All symbols from the table of sigma 3.</summary>
    internal static SymbolSource OneTable(int precision) => new("one table", Gaussian(precision), _ => 33);

    /// <summary>Scales as in a coded picture: most of them small, log-normal around sigma 0.7.</summary>
    internal static SymbolSource Picture(int precision) => new("64 tables as in pictures", Gaussian(precision), random =>
    {
        double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp((int)(18 + 12 * gaussian), 0, 63);
    });

    /// <summary>All scales equally often, the hardest case for the caches.</summary>
    internal static SymbolSource Uniform(int precision) => new("64 tables equally often", Gaussian(precision), random => random.Next(64));
}
