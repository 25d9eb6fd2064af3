using System.IO.Hashing;
using System.Numerics;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

/// <summary>
/// RC32, its contexts and binarisations once more, from their definitions: low is one unbounded integer, so there are no carries, and none of the
/// library's code is used. Without mixtures.
/// </summary>
internal sealed class ReferenceRangeCoder
{
    private readonly List<byte> _hashed = [];
    private readonly Dictionary<string, Context> _contexts = [];
    private BigInteger _low = 0;
    private BigInteger _range = BigInteger.Pow(2, 32) - 1;
    private string _bits = "";
    private int _bytes;

    public static byte[] Encode(RangeScript script, CheckMode check)
    {
        var coder = new ReferenceRangeCoder();
        int set = 0;
        foreach (RangeScript.Step step in script.Steps)
        {
            switch (step.Kind)
            {
                case RangeScript.Kind.Symbol:
                    coder.Symbol(script.Plain[set][step.B], script.Precisions[set], (int)step.A);
                    break;
                case RangeScript.Kind.Raw:
                    coder.Raw(step.A, step.B);
                    break;
                case RangeScript.Kind.Switch:
                    set = (int)step.A;
                    break;
                case RangeScript.Kind.Bit:
                    (int fast, int slow) = RangeScript.Rates[step.B];
                    coder.Bit($"bit {step.B}", fast, slow, step.A != 0);
                    break;
                case RangeScript.Kind.Number:
                    coder.Number($"number {step.B}", RangeScript.NumberOrder, RangeScript.NumberLimit, step.A);
                    break;
                case RangeScript.Kind.Signed:
                    coder.Signed($"signed {step.B}", step.A);
                    break;
                case RangeScript.Kind.Index:
                    coder.Index($"index {step.B}", (int)step.A);
                    break;
                case RangeScript.Kind.Bind:
                    coder.CloseBits();
                    coder._hashed.Add((byte)step.A);
                    break;
                default:
                    throw new NotSupportedException();
            }
        }

        return coder.End(check);
    }

    private void Symbol(PlainTable table, int precision, int value)
    {
        CloseBits();
        Hash(value);
        int relative = value - table.Offset;
        bool regular = relative >= 0 && relative < table.Regular;
        int symbol = regular ? relative : table.Regular;
        Step(table.Cumulative[symbol], table.Cumulative[symbol + 1], precision);
        if (!regular)
        {
            int coded = (relative < 0 ? -2 * relative - 1 : 2 * (relative - table.Regular)) + 1;
            string binary = Convert.ToString(coded, 2);
            Step(binary.Length, binary.Length + 1, 5);
            if (binary.Length > 1)
            {
                int rest = Convert.ToInt32(binary[1..], 2);
                Step(rest, rest + 1, binary.Length - 1);
            }
        }
    }

    private void Raw(long value, int bits)
    {
        for (; bits > 0; bits -= 16, value /= 65536)
        {
            int piece = (int)(value % 65536);
            int size = Math.Min(bits, 16);
            if (size == 1)
            {
                HashBit(piece != 0);
            }
            else
            {
                CloseBits();
                Hash(piece);
            }

            Step(piece, piece + 1, size);
        }
    }

    private void Bit(string name, int fast, int slow, bool bit)
    {
        if (!_contexts.TryGetValue(name, out Context? context))
        {
            _contexts[name] = context = new Context(fast, slow);
        }

        HashBit(bit);
        BigInteger bound = _range / 4096 * context.Probability;
        _low += bit ? bound : 0;
        _range = bit ? _range - bound : bound;
        Renormalise();
        context.Learn(bit);
    }

    private void Number(string name, int order, int limit, long value)
    {
        string binary = Convert.ToString(value + (1 << order), 2);
        int longest = Convert.ToString(limit + (1L << order), 2).Length - 1 - order;
        int ones = binary.Length - 1 - order;
        for (int i = 0; i < longest && i <= ones; i++)
        {
            Bit($"{name} prefix {i}", 4, 7, i < ones);
        }

        if (binary.Length > 1)
        {
            Raw(Convert.ToInt64(binary[1..], 2), binary.Length - 1);
        }
    }

    private void Signed(string name, long value)
    {
        Bit($"{name} zero", 4, 7, value != 0);
        if (value == 0)
        {
            return;
        }

        Raw(value < 0 ? 1 : 0, 1);
        long above = Math.Abs(value) - 1;
        for (int i = 0; i < 14 && i <= above; i++)
        {
            Bit($"{name} unary {i}", 4, 7, i < above);
        }

        if (above >= 14)
        {
            Number($"{name} rest", 0, RangeScript.SignedLimit - 15, above - 14);
        }
    }

    private void Index(string name, int index)
    {
        // 37 entries: six levels; a branch whose smallest index is 37 or more does not exist.
        string path = "";
        foreach (char bit in Convert.ToString(index, 2).PadLeft(6, '0'))
        {
            if (Convert.ToInt32((path + "1").PadRight(6, '0'), 2) < RangeScript.TreeSize)
            {
                Bit($"{name} {path}", 5, 8, bit == '1');
            }

            path += bit;
        }
    }

    private void Step(int start, int end, int precision)
    {
        BigInteger unit = _range / BigInteger.Pow(2, precision);
        _low += unit * start;
        _range = end == 1 << precision ? _range - unit * start : unit * (end - start);
        Renormalise();
    }

    private void Renormalise()
    {
        while (_range < BigInteger.Pow(2, 24))
        {
            _range *= 256;
            _low *= 256;
            _bytes++;
        }
    }

    private byte[] End(CheckMode check)
    {
        CloseBits();
        ulong hash = XxHash3.HashToUInt64(_hashed.ToArray());
        if (check != CheckMode.None)
        {
            int first = (int)(hash % 65536);
            Step(first, first + 1, 16);
        }

        if (check == CheckMode.Check31)
        {
            int second = (int)(hash / 65536 % 32768);
            Step(second, second + 1, 15);
        }

        // The interval is [low, low + range) / 256^(bytes + 4): the fewest bytes k with a multiple of 256^(bytes + 4 - k) in it.
        for (int k = 0; ; k++)
        {
            BigInteger scale = BigInteger.Pow(256, _bytes + 4 - k);
            BigInteger number = (_low + scale - 1) / scale;
            if (number * scale < _low + _range)
            {
                byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
                return k == 0 ? [] : [.. new byte[k - digits.Length], .. digits];
            }
        }
    }

    private void HashBit(bool bit)
    {
        _bits += bit ? '1' : '0';
        if (_bits.Length == 15)
        {
            CloseBits();
        }
    }

    private void CloseBits()
    {
        if (_bits.Length > 0)
        {
            Hash(Convert.ToInt32("1" + _bits, 2));
            _bits = "";
        }
    }

    private void Hash(int unit)
    {
        _hashed.Add((byte)unit);
        _hashed.Add((byte)(unit >> 8));
    }

    private sealed class Context(int fast, int slow)
    {
        private int _fast = 32768;
        private int _slow = 32768;
        private int _seen;

        public int Probability => Math.Clamp((_fast + _slow) / 32, 16, 4080);

        public void Learn(bool bit)
        {
            int start = Convert.ToString(_seen + 1, 2).Length;
            _fast = Moved(_fast, bit, Math.Min(start, fast));
            _slow = Moved(_slow, bit, Math.Min(start, slow));
            _seen = Math.Min(_seen + 1, 255);
        }

        private static int Moved(int estimate, bool bit, int rate) =>
            estimate + (int)Math.Floor(((bit ? 0 : 65535) - estimate) / Math.Pow(2, rate));
    }
}
