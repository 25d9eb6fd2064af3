namespace Codecs.EntropyCoding.Tests;

/// <summary>Symbols drawn from the tables they are coded with, by an own generator that no library change can alter.</summary>
internal sealed class GaussianSource(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number below <paramref name="limit"/> (a 64-bit linear congruential generator, upper bits).</summary>
    public int Next(int limit)
    {
        _state = _state * 6364136223846793005UL + 1442695040888963407UL;
        return (int)(((_state >> 32) * (ulong)limit) >> 32);
    }

    /// <summary>Fills symbols and tables; an escape becomes a value a little above the table.</summary>
    public void Fill(TableSet set, Span<short> symbols, Span<byte> tables)
    {
        for (int i = 0; i < symbols.Length; i++)
        {
            int table = Next(set.Count);
            int slot = Next(1 << set.Precision);
            int symbol = 0;
            for (int f = set.Frequency(table, 0); slot >= f; f = set.Frequency(table, symbol))
            {
                slot -= f;
                symbol++;
            }

            tables[i] = (byte)table;
            symbols[i] = (short)(set.Offset(table) + symbol);
        }
    }
}
