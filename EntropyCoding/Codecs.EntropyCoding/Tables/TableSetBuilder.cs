using System.Buffers.Binary;

namespace Codecs.EntropyCoding;

/// <summary>Collects tables of one precision and makes a <see cref="TableSet"/> of them. For training tools and model import.</summary>
public sealed class TableSetBuilder
{
    private readonly List<byte> _canonical = [TableSet.FormatVersion, 0, 0, 0];

    /// <summary>Starts an empty set.</summary>
    /// <param name="precision">Bits n, 1..16; 16 is the suite's choice for <see cref="Rans64Encoder"/>.</param>
    public TableSetBuilder(int precision)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, TableSet.MaxPrecision);
        Precision = precision;
        _canonical[1] = (byte)precision;
    }

    /// <summary>Bits n; frequencies of a table sum to 2^n.</summary>
    public int Precision { get; }

    /// <summary>Tables added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a table from relative weights (counts, or probabilities times a power of two), quantised by integers alone.</summary>
    /// <param name="offset">Value of symbol 0; all regular values must lie in -32767..32767.</param>
    /// <param name="weights">One weight per symbol, the escape last; 2..2^n of them, not all zero, their sum below 2^64. Every symbol, also
    /// one of weight zero, gets a frequency of at least 1.</param>
    /// <exception cref="ArgumentException">The weights cannot form a table.</exception>
    public void AddWeights(int offset, ReadOnlySpan<ulong> weights)
    {
        CheckLength(weights.Length, nameof(weights));
        int[] frequencies = new int[weights.Length];
        FrequencyQuantizer.Quantize(weights, Precision, frequencies);
        int[] cumulative = new int[weights.Length + 1];
        for (int i = 0; i < frequencies.Length; i++)
        {
            cumulative[i + 1] = cumulative[i] + frequencies[i];
        }

        AddCumulative(offset, cumulative);
    }

    /// <summary>Adds a finished table.</summary>
    /// <param name="offset">Value of symbol 0; all regular values must lie in -32767..32767.</param>
    /// <param name="cumulative">m + 1 strictly increasing numbers from 0 to 2^n; the interval before the last number is the escape.</param>
    /// <exception cref="ArgumentException">The numbers do not form a table.</exception>
    public void AddCumulative(int offset, ReadOnlySpan<int> cumulative)
    {
        int symbols = cumulative.Length - 1;
        CheckLength(symbols, nameof(cumulative));
        if (cumulative[0] != 0 || cumulative[^1] != 1 << Precision)
        {
            throw new ArgumentException($"The table runs from {cumulative[0]} to {cumulative[^1]}; expected 0 to {1 << Precision}.", nameof(cumulative));
        }

        for (int i = 1; i < cumulative.Length; i++)
        {
            if (cumulative[i] <= cumulative[i - 1])
            {
                throw new ArgumentException($"Symbol {i - 1} has frequency {(long)cumulative[i] - cumulative[i - 1]}; expected at least 1.", nameof(cumulative));
            }
        }

        if (offset < -Rans64.MaxMagnitude || (long)offset + symbols - 2 > Rans64.MaxMagnitude)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"All {symbols - 1} regular values must lie in -{Rans64.MaxMagnitude}..{Rans64.MaxMagnitude}.");
        }

        if (Count == TableSet.MaxTables)
        {
            throw new InvalidOperationException($"A table set holds at most {TableSet.MaxTables} tables.");
        }

        Span<byte> header = stackalloc byte[TableSet.TableHeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, offset);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)(symbols - 1));
        _canonical.AddRange(header);
        foreach (int start in cumulative[1..^1])
        {
            _canonical.Add((byte)start);
            _canonical.Add((byte)(start >> 8));
        }

        Count++;
    }

    /// <summary>The set of all tables added so far, in order.</summary>
    /// <exception cref="InvalidOperationException">No table was added.</exception>
    public TableSet Build()
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("A table set needs at least one table.");
        }

        byte[] canonical = [.. _canonical];
        BinaryPrimitives.WriteUInt16LittleEndian(canonical.AsSpan(2), (ushort)Count);
        return TableSet.FromBytes(canonical);
    }

    private void CheckLength(int symbols, string name)
    {
        if (symbols < 2 || symbols > 1 << Precision)
        {
            throw new ArgumentException($"The table has {Math.Max(symbols, 0)} symbols; expected 2..{1 << Precision}, the escape included.", name);
        }
    }
}
