using System.IO.Hashing;
using System.Numerics;

namespace Codecs.EntropyCoding.Tests.Bulk;

/// <summary>R32xN once more, from the description of the payload, in unbounded integers and without any of the library's code.</summary>
internal static class ReferenceBulkRans
{
    public static byte[] Encode(BulkCase c)
    {
        int count = c.Symbols.Length;
        int lanes = c.Lanes;
        var side = new Stack(Seed(c));
        int end = count;
        while (end > 0 && (side.Words.Count < lanes / 2 || end % lanes != 0))
        {
            end--;
            side.PushSymbol(c, end, withSymbol: true);
        }

        var words = new List<byte>();
        BigInteger[] states = new BigInteger[end == 0 ? 0 : lanes];
        byte[] seeds = [.. Enumerable.Reverse(side.Words).SelectMany(w => BitConverter.GetBytes(w)).TakeLast(2 * states.Length)];
        for (int j = 0; j < states.Length; j++)
        {
            states[j] = 65536 + seeds[2 * j] + 256 * seeds[2 * j + 1];
        }

        int n = c.Pool.Precision;
        for (int i = end - 1; i >= 0; i--)
        {
            int j = i % lanes;
            PlainTable table = c.PlainOf(i);
            int symbol = SymbolOf(table, c.Symbols[i]);
            BigInteger f = table.Cumulative[symbol + 1] - table.Cumulative[symbol];
            if (states[j] >= f * BigInteger.Pow(2, 32 - n))
            {
                words.Insert(0, (byte)(states[j] / 256 % 256));
                words.Insert(0, (byte)(states[j] % 256));
                states[j] /= 65536;
            }

            states[j] = states[j] / f * BigInteger.Pow(2, n) + states[j] % f + table.Cumulative[symbol];
            if (symbol == table.Regular)
            {
                side.PushSymbol(c, i, withSymbol: false);
            }
        }

        byte[] tail = side.ToBytes();
        return [.. Header(count / lanes - end / lanes, lanes), .. Heads(states), .. words, .. tail[..^(2 * states.Length)]];
    }

    private static int SymbolOf(PlainTable table, int value) =>
        value >= table.Offset && value < table.Offset + table.Regular ? value - table.Offset : table.Regular;

    private static BigInteger Seed(BulkCase c)
    {
        byte[] bytes = [.. c.Symbols.SelectMany(s => new[] { (byte)s, (byte)(s >> 8) })];
        ulong hash = XxHash3.HashToUInt64(bytes, c.Associated.Length == 0 ? 0 : (long)XxHash3.HashToUInt64(c.Associated));
        return c.Check switch
        {
            CheckMode.None => 0,
            CheckMode.Check16 => (BigInteger)65536 + hash % 65536,
            _ => BigInteger.Pow(2, 31) + hash % 2147483648,
        };
    }

    private static byte[] Header(int tailGroups, int lanes)
    {
        int value = 4 * tailGroups + lanes switch { 4 => 0, 8 => 1, 16 => 2, _ => 3 };
        return value < 64 ? [(byte)value]
            : value < 16384 ? [(byte)(64 + value / 256), (byte)value]
            : [(byte)(128 + value / 16777216), (byte)(value / 65536), (byte)(value / 256), (byte)value];
    }

    private static byte[] Heads(BigInteger[] states)
    {
        string bits = string.Concat(states.Select(x => Lowest(x.GetBitLength() - 17, 4)))
            + string.Concat(states.Select(x => Lowest(x, (int)x.GetBitLength() - 1)));
        bits += new string('0', (8 - bits.Length % 8) % 8);
        return [.. bits.Chunk(8).Select(b => Convert.ToByte(new string([.. b.Reverse()]), 2))];
    }

    // The lowest bits, lowest first.
    private static string Lowest(BigInteger value, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => (value >> i).IsEven ? '0' : '1'));

    private sealed class Stack(BigInteger state)
    {
        private BigInteger _state = state;

        public List<uint> Words { get; } = [];

        // In reverse: what is decoded last is pushed first.
        public void PushSymbol(BulkCase c, int i, bool withSymbol)
        {
            PlainTable table = c.PlainOf(i);
            int symbol = SymbolOf(table, c.Symbols[i]);
            if (symbol == table.Regular)
            {
                int relative = c.Symbols[i] - table.Offset;
                string binary = Convert.ToString((relative < 0 ? -2 * relative - 1 : 2 * (relative - table.Regular)) + 1, 2);
                if (binary.Length > 1)
                {
                    Push(Convert.ToInt32(binary[1..], 2), 1, binary.Length - 1);
                }

                Push(binary.Length, 1, 5);
            }

            if (withSymbol)
            {
                Push(table.Cumulative[symbol], table.Cumulative[symbol + 1] - table.Cumulative[symbol], c.Pool.Precision);
            }
        }

        public byte[] ToBytes()
        {
            List<byte> output = _state.IsZero ? [] : [.. _state.ToByteArray(isUnsigned: true)];
            while (Words.Count > 0 && output.Count < 5)
            {
                output.Add(0);
            }

            return [.. output, .. Enumerable.Reverse(Words).SelectMany(w => BitConverter.GetBytes(w))];
        }

        private void Push(BigInteger start, BigInteger frequency, int n)
        {
            if (_state >= frequency * BigInteger.Pow(2, 63 - n))
            {
                Words.Add((uint)(_state % BigInteger.Pow(2, 32)));
                _state /= BigInteger.Pow(2, 32);
            }

            _state = _state / frequency * BigInteger.Pow(2, n) + _state % frequency + start;
        }
    }
}
