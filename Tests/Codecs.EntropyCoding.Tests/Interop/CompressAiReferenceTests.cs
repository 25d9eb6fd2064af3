using System.Buffers;
using System.Numerics;
using Codecs.EntropyCoding.Interop;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Interop;

/// <summary>The byte strings of CompressAI once more, from their description, in unbounded integers and without any of the library's code.</summary>
public sealed class CompressAiReferenceTests
{
    private static readonly BigInteger s_word = BigInteger.Pow(2, 32);

    [Fact]
    public void AnySymbolsGiveTheBytesOfUnboundedArithmetic()
    {
        Gen.Select(Gen.UInt, Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 200])).Sample(
            (seed, length) =>
            {
                var random = new Random((int)seed);
                PlainTable[] tables = PlainTable.Random(random, 16, random.Next(1, 5));
                int[] indexes = [.. Enumerable.Range(0, length).Select(_ => random.Next(tables.Length))];
                int[] symbols = [.. indexes.Select(i => random.Next(4) == 0
                    ? random.Next(-(1 << random.Next(1, 27)), 1 << random.Next(1, 27))
                    : tables[i].Offset + random.Next(tables[i].Regular + 1))];
                var writer = new ArrayBufferWriter<byte>();
                CompressAiCoder.Encode(symbols, indexes, PlainTable.ToSet(16, tables), writer);
                Assert.Equal(Convert.ToHexString(Reference(symbols, indexes, tables)), Convert.ToHexString(writer.WrittenSpan));
            },
            iter: 300);
    }

    private static byte[] Reference(int[] symbols, int[] indexes, PlainTable[] tables)
    {
        var steps = new List<(BigInteger Start, BigInteger Frequency, int Precision)>();
        for (int i = 0; i < symbols.Length; i++)
        {
            PlainTable table = tables[indexes[i]];
            int max = table.Regular;
            long value = (long)symbols[i] - table.Offset;
            long symbol = value < 0 || value >= max ? max : value;
            steps.Add((table.Cumulative[symbol], table.Cumulative[symbol + 1] - table.Cumulative[symbol], 16));
            if (symbol == max)
            {
                long raw = value < 0 ? -2 * value - 1 : 2 * (value - max);
                string nibbles = raw == 0 ? "" : raw.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
                steps.Add((nibbles.Length, 1, 4));
                steps.AddRange(nibbles.Reverse().Select(n => ((BigInteger)Convert.ToInt32(n.ToString(), 16), BigInteger.One, 4)));
            }
        }

        BigInteger state = BigInteger.Pow(2, 31);
        var words = new List<BigInteger>();
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            (BigInteger start, BigInteger frequency, int n) = steps[i];
            if (state >= frequency * BigInteger.Pow(2, 63 - n))
            {
                words.Insert(0, state % s_word);
                state /= s_word;
            }

            state = state / frequency * BigInteger.Pow(2, n) + state % frequency + start;
        }

        return [.. words.Prepend(state / s_word).Prepend(state % s_word).SelectMany(w => BitConverter.GetBytes((uint)w))];
    }
}
