using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Codecs.EntropyCoding;

/// <summary>An immutable set of integer probability tables of one precision; the last symbol of every table is the escape.</summary>
/// <remarks>
/// <para>A table of m symbols maps the values offset .. offset + m - 2 to the symbols 0 .. m - 2; symbol m - 1 is the escape for all other
/// values. Symbol s owns the slots start(s) .. start(s + 1) - 1 of the 2^n slots, so its probability is (start(s + 1) - start(s)) / 2^n.</para>
/// <para>Canonical form, little-endian: format byte 1, precision n (1..16), uint16 table count, then per table int32 offset, uint16 m - 1 and
/// the m - 1 uint16 starts of the symbols 1 .. m - 1 (symbol 0 starts at 0, the end 2^n is implied). <see cref="Id"/> is its SHA-256.</para>
/// <para>No floating point decides anything here: only <see cref="CostBits"/>, an estimate for encoders, uses it.</para>
/// </remarks>
public sealed class TableSet
{
    /// <summary>Most tables a set may hold.</summary>
    public const int MaxTables = 4096;

    /// <summary>Largest precision n, in bits.</summary>
    public const int MaxPrecision = 16;

    internal const byte FormatVersion = 1;
    internal const int HeaderBytes = 4;
    internal const int TableHeaderBytes = 6;
    private const int BucketBits = 8;

    private readonly byte[] _canonical;
    private readonly byte[] _id;
    private readonly Table[] _tables;

    // start | frequency << 16 for all symbols of all tables. With m >= 2 and no empty symbol both always fit 16 bits.
    private readonly uint[] _entries;

    // 256 buckets per table: the symbol that owns the first slot of the bucket. The decoder scans upwards from there.
    private readonly ushort[] _buckets;
    private readonly float[] _costs;
    private readonly int _bucketShift;
    private readonly Lazy<BulkTables?> _bulk;

    private TableSet(byte[] canonical, int precision, Table[] tables, uint[] entries)
    {
        _canonical = canonical;
        _id = SHA256.HashData(canonical);
        _tables = tables;
        _entries = entries;
        Precision = precision;
        _bucketShift = Math.Max(0, precision - BucketBits);
        _buckets = new ushort[tables.Length << BucketBits];
        for (int t = 0; t < tables.Length; t++)
        {
            FillBuckets(_buckets.AsSpan(t << BucketBits, 1 << BucketBits), Entries(t));
        }

        _costs = new float[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            _costs[i] = precision - MathF.Log2(entries[i] >> 16);
        }

        _bulk = new Lazy<BulkTables?>(() => BulkTables.TryCreate(this));
    }

    /// <summary>Precision n in bits, 1..16: the frequencies of every table sum to 2^n.</summary>
    public int Precision { get; }

    /// <summary>Number of tables, 1..<see cref="MaxTables"/>.</summary>
    public int Count => _tables.Length;

    /// <summary>SHA-256 (32 bytes) of the canonical form: what a model or a file names the set by.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>Reads and validates a canonical serialisation.</summary>
    /// <param name="canonical">The whole serialisation, nothing after it.</param>
    /// <returns>The set.</returns>
    /// <exception cref="InvalidBitstreamException">The bytes are truncated, too long, or describe an impossible table.</exception>
    /// <exception cref="UnsupportedBitstreamException">The format byte is newer than this build.</exception>
    /// <exception cref="LimitExceededException">More than <see cref="MaxTables"/> tables are announced.</exception>
    public static TableSet FromBytes(ReadOnlySpan<byte> canonical)
    {
        (int precision, Table[] tables, uint[] entries) = TableSetReader.Read(canonical);
        return new TableSet(canonical.ToArray(), precision, tables, entries);
    }

    /// <summary>The canonical serialisation, a fresh copy.</summary>
    public byte[] ToBytes() => (byte[])_canonical.Clone();

    /// <summary>The value that symbol 0 of a table stands for.</summary>
    /// <param name="table">Table index, 0..<see cref="Count"/> - 1.</param>
    public int Offset(int table) => _tables[CheckedIndex(table)].Offset;

    /// <summary>Number of symbols of a table, the escape included.</summary>
    /// <param name="table">Table index, 0..<see cref="Count"/> - 1.</param>
    public int SymbolCount(int table) => _tables[CheckedIndex(table)].Escape + 1;

    /// <summary>Frequency of one symbol of a table, out of 2^<see cref="Precision"/>.</summary>
    /// <param name="table">Table index, 0..<see cref="Count"/> - 1.</param>
    /// <param name="symbol">Symbol index, 0..<see cref="SymbolCount"/> - 1; the last one is the escape.</param>
    public int Frequency(int table, int symbol) => (int)(Entries(CheckedIndex(table))[symbol] >> 16);

    /// <summary>Code length of a value in bits, what is written behind an escape included. An estimate for encoders (float32).</summary>
    /// <param name="table">Table index, 0..<see cref="Count"/> - 1.</param>
    /// <param name="symbol">The value to code; positive infinity is returned outside -32767..32767.</param>
    public float CostBits(int table, int symbol)
    {
        ref readonly Table t = ref _tables[CheckedIndex(table)];
        if (symbol is < -Rans64.MaxMagnitude or > Rans64.MaxMagnitude)
        {
            return float.PositiveInfinity;
        }

        int relative = symbol - t.Offset;
        return (uint)relative < (uint)t.Escape
            ? _costs[t.First + relative]
            : _costs[t.First + t.Escape] + EscapeCode.CostBits(EscapeCode.Fold(relative, t.Escape));
    }

    /// <summary>The table descriptors, for the coders.</summary>
    internal ReadOnlySpan<Table> Tables => _tables;

    /// <summary>The look-up arrays of the bulk coder, made at the first use (thread-safe); null if the set does not fit them.</summary>
    internal BulkTables? Bulk => _bulk.Value;

    /// <summary>The packed entry (start | frequency &lt;&lt; 16) of one symbol; unchecked beyond memory safety.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Entry(in Table table, int symbol) => _entries[table.First + symbol];

    /// <summary>One decoder step without renormalisation: finds the symbol of the state's slot and removes it from the state.</summary>
    /// <remarks>
    /// Always ends: the entries of a table cover all 2^n slots, so the last symbol matches at the latest. The new state is at most
    /// f * floor(x / 2^n) + f - 1 (see <see cref="Rans64"/>).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int DecodeStep(int table, int first, ref ulong state)
    {
        uint slot = (uint)state & ((1u << Precision) - 1);
        int symbol = _buckets[(table << BucketBits) + (int)(slot >> _bucketShift)];
        uint[] entries = _entries;
        uint entry = entries[first + symbol];
        uint inside = slot - (entry & 0xFFFF);
        while (inside >= entry >> 16)
        {
            symbol++;
            entry = entries[first + symbol];
            inside = slot - (entry & 0xFFFF);
        }

        state = (entry >> 16) * (state >> Precision) + inside;
        return symbol;
    }

    private ReadOnlySpan<uint> Entries(int table) => _entries.AsSpan(_tables[table].First, _tables[table].Escape + 1);

    private int CheckedIndex(int table)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(table);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(table, _tables.Length);
        return table;
    }

    private void FillBuckets(Span<ushort> buckets, ReadOnlySpan<uint> entries)
    {
        int symbol = 0;
        int used = 1 << Math.Min(Precision, BucketBits);
        for (int b = 0; b < used; b++)
        {
            int slot = b << _bucketShift;
            while (symbol + 1 < entries.Length && (int)(entries[symbol + 1] & 0xFFFF) <= slot)
            {
                symbol++;
            }

            buckets[b] = (ushort)symbol;
        }
    }

    /// <summary>Where one table lives in the shared arrays.</summary>
    /// <param name="First">Index of its first entry.</param>
    /// <param name="Escape">Symbol index of the escape, which is also the number of regular symbols.</param>
    /// <param name="Offset">Value of symbol 0.</param>
    internal readonly record struct Table(int First, int Escape, int Offset);
}
