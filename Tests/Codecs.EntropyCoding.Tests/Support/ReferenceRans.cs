using System.IO.Hashing;
using System.Numerics;

namespace Codecs.EntropyCoding.Tests;

/// <summary>R64 once more, from its definition, in unbounded integers and without any of the library's code.</summary>
internal static class ReferenceRans
{
    public static byte[] Encode(CodingScript script, CheckMode check)
    {
        var steps = new List<(BigInteger Start, BigInteger Frequency, int Precision)>();
        var hashed = new List<byte>();
        int set = 0;
        foreach (CodingScript.Step step in script.Steps)
        {
            if (step.Kind == CodingScript.Kind.Switch)
            {
                set = (int)step.A;
            }
            else if (step.Kind == CodingScript.Kind.Raw)
            {
                AddRaw(steps, hashed, step.A, step.B);
            }
            else
            {
                hashed.Add((byte)step.A);
                hashed.Add((byte)(step.A >> 8));
                AddSymbol(steps, script.Plain[set][step.B], script.Precisions[set], (int)step.A);
            }
        }

        ulong hash = XxHash3.HashToUInt64(hashed.ToArray());
        BigInteger state = check switch
        {
            CheckMode.None => 0,
            CheckMode.Check16 => (BigInteger)65536 + hash % 65536,
            _ => BigInteger.Pow(2, 31) + hash % 2147483648,
        };
        var words = new List<uint>();
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            (BigInteger start, BigInteger frequency, int n) = steps[i];
            if (state >= frequency * BigInteger.Pow(2, 63 - n))
            {
                words.Insert(0, (uint)(state % BigInteger.Pow(2, 32)));
                state /= BigInteger.Pow(2, 32);
            }

            state = state / frequency * BigInteger.Pow(2, n) + state % frequency + start;
        }

        List<byte> output = state.IsZero ? [] : [.. state.ToByteArray(isUnsigned: true)];
        while (words.Count > 0 && output.Count < 5)
        {
            output.Add(0);
        }

        foreach (uint word in words)
        {
            output.AddRange([(byte)word, (byte)(word >> 8), (byte)(word >> 16), (byte)(word >> 24)]);
        }

        return [.. output];
    }

    private static void AddSymbol(List<(BigInteger, BigInteger, int)> steps, PlainTable table, int n, int value)
    {
        int relative = value - table.Offset;
        bool regular = relative >= 0 && relative < table.Regular;
        int symbol = regular ? relative : table.Regular;
        steps.Add((table.Cumulative[symbol], table.Cumulative[symbol + 1] - table.Cumulative[symbol], n));
        if (!regular)
        {
            int coded = (relative < 0 ? -2 * relative - 1 : 2 * (relative - table.Regular)) + 1;
            string binary = Convert.ToString(coded, 2);
            steps.Add((binary.Length, 1, 5));
            if (binary.Length > 1)
            {
                steps.Add((Convert.ToInt32(binary[1..], 2), 1, binary.Length - 1));
            }
        }
    }

    private static void AddRaw(List<(BigInteger, BigInteger, int)> steps, List<byte> hashed, long value, int bits)
    {
        while (bits > 0)
        {
            int piece = Math.Min(bits, 16);
            steps.Add((value % 65536, 1, piece));
            hashed.Add((byte)value);
            hashed.Add((byte)(value >> 8));
            value /= 65536;
            bits -= piece;
        }
    }
}
