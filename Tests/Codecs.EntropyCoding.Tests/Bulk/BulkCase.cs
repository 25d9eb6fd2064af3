using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding.Tests.Bulk;

/// <summary>Symbols, tables and parameters of one bulk payload, drawn from a seed.</summary>
internal sealed class BulkCase
{
    private static readonly PoolSet[] s_pool = [.. MakePool()];

    public required PoolSet Pool { get; init; }

    public required short[] Symbols { get; init; }

    /// <summary>Table of each symbol, or empty.</summary>
    public required byte[] Tables { get; init; }

    /// <summary>The table of all symbols if <see cref="Tables"/> is empty, or -1.</summary>
    public required int Table { get; init; }

    public required int Lanes { get; init; }

    public required CheckMode Check { get; init; }

    public required byte[] Associated { get; init; }

    public TableSet Set => Pool.Set;

    /// <summary>The paths that this processor has.</summary>
    public static BulkPath[] Paths { get; } =
    [
        BulkPath.Search, BulkPath.Scalar, .. Avx2.IsSupported ? [BulkPath.Avx2] : Array.Empty<BulkPath>(), .. ExpandMover.IsSupported ? [BulkPath.Avx512] : Array.Empty<BulkPath>(),
    ];

    public static BulkCase Random(uint seed, int length)
    {
        var rng = new Random((int)seed);
        PoolSet pool = s_pool[rng.Next(s_pool.Length)];
        bool shared = rng.Next(3) == 0;
        int table = shared ? rng.Next(pool.Plain.Length) : -1;
        int escapes = rng.Next(3) switch { 0 => 0, 1 => 200, _ => 5 };
        short[] symbols = new short[length];
        byte[] tables = new byte[length];
        for (int i = 0; i < length; i++)
        {
            int t = shared ? table : rng.Next(pool.Plain.Length);
            tables[i] = (byte)t;
            symbols[i] = RandomValue(rng, pool.Plain[t], escapes);
        }

        return new BulkCase
        {
            Pool = pool,
            Symbols = symbols,
            Tables = shared ? [] : tables,
            Table = table,
            Lanes = 4 << rng.Next(4),
            Check = (CheckMode)rng.Next(3),
            Associated = new byte[rng.Next(2) * rng.Next(5)],
        };
    }

    public byte[] Encode(BulkPath path, FixedWriter writer)
    {
        writer.Clear();
        int written = Table >= 0
            ? BulkRans.Encode(Symbols, Table, Set, writer, Check, Associated, Lanes, path)
            : BulkRans.Encode(Symbols, Tables, Set, writer, Check, Associated, Lanes, path);
        Assert.Equal(writer.Count, written);
        return writer.Written.ToArray();
    }

    public CodingStatus Decode(ReadOnlySpan<byte> payload, BulkPath path, Span<short> symbols) => Table >= 0
        ? BulkRans.Decode(payload, Table, Set, symbols, Check, Associated, path)
        : BulkRans.Decode(payload, Tables, Set, symbols, Check, Associated, path);

    public PlainTable PlainOf(int i) => Pool.Plain[Table >= 0 ? Table : Tables[i]];

    private static short RandomValue(Random rng, PlainTable table, int escapes)
    {
        if (escapes > 0 && rng.Next(escapes) == 0)
        {
            int magnitude = rng.Next(1 << rng.Next(16));
            return (short)(rng.Next(2) == 0 ? magnitude : -magnitude);
        }

        int found = Array.BinarySearch(table.Cumulative, rng.Next(table.Cumulative[^2]));
        return (short)(table.Offset + (found >= 0 ? found : ~found - 1));
    }

    // Every precision, each with values that fit a byte (vectors and look-up arrays) and with values that do not (search).
    private static IEnumerable<PoolSet> MakePool()
    {
        var rng = new Random(42);
        for (int n = 1; n <= BulkRans.MaxPrecision; n++)
        {
            yield return new PoolSet(n, PlainTable.Random(rng, n, 3));
            for (int i = 0; i < 3; i++)
            {
                int window = rng.Next(3) switch { 0 => -short.MaxValue, 1 => short.MaxValue - 254, _ => -127 };
                yield return new PoolSet(n, [.. Enumerable.Range(0, rng.Next(1, 7)).Select(_ => Narrow(rng, n, window))]);
            }
        }
    }

    // All values within window .. window + 254.
    private static PlainTable Narrow(Random rng, int n, int window)
    {
        int total = 1 << n;
        int regular = Math.Min(rng.Next(3) == 0 ? 255 : rng.Next(1, 256), total - 1);
        var cuts = new SortedSet<int> { 0, total };
        if (rng.Next(3) == 0)
        {
            // All frequencies 1 but one, at the start or at the end.
            bool atEnd = rng.Next(2) == 0;
            cuts.UnionWith(Enumerable.Range(1, regular).Select(i => atEnd ? i : total - i));
        }

        while (cuts.Count < regular + 2)
        {
            cuts.Add(rng.Next(rng.Next(2) == 0 ? total : Math.Min(total, 300)));
        }

        return new PlainTable(window + rng.Next(256 - regular), [.. cuts]);
    }

    public sealed class PoolSet(int precision, PlainTable[] plain)
    {
        public int Precision { get; } = precision;

        public PlainTable[] Plain { get; } = plain;

        public TableSet Set { get; } = PlainTable.ToSet(precision, plain);
    }
}
