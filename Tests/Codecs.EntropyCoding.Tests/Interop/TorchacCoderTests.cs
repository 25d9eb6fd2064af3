using System.Buffers;
using System.Numerics;
using Codecs.EntropyCoding.Interop;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Interop;

public sealed class TorchacCoderTests
{
    // 0, 16384, 49152, 62259 and the implied 65536, as int16.
    private static readonly short[] s_row = [0, 16384, unchecked((short)49152), unchecked((short)62259), 0];

    private static readonly Gen<(short[] Symbols, short[] Rows, int Entries)> s_messages = Gen.Select(Gen.UInt, Gen.Int[2, 20], Gen.OneOf(Gen.Int[0, 8], Gen.Int[0, 120])).Select(t => Message(t.Item1, t.Item2, t.Item3));

    [Fact]
    public void TheVectorIsMetBothWays()
    {
        short[] symbols = [0, 1, 2, 3];
        Assert.Equal("2e20", Convert.ToHexStringLower(Encode(symbols, s_row, 5)));
        short[] back = new short[4];
        Assert.Equal(CodingStatus.Ok, TorchacCoder.Decode([0x2e, 0x20], s_row, 5, back));
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void NoSymbolsGiveTheEndAlone()
    {
        Assert.Equal([0x40], Encode([], s_row, 5));
        Assert.Equal(CodingStatus.Ok, TorchacCoder.Decode([0x40], s_row, 5, []));
    }

    [Fact]
    public void AnySymbolsComeBackAndGiveTheBitsOfAnUnboundedInterval()
    {
        s_messages.Sample(
            m =>
            {
                byte[] payload = Encode(m.Symbols, m.Rows, m.Entries);
                Assert.Equal(Convert.ToHexString(Reference(m.Symbols, m.Rows, m.Entries)), Convert.ToHexString(payload));
                short[] back = new short[m.Symbols.Length];
                Assert.Equal(CodingStatus.Ok, TorchacCoder.Decode(payload, m.Rows, m.Entries, back));
                Assert.Equal(m.Symbols, back);
            },
            iter: 200);
    }

    [Fact]
    public void LongStringsComeBackWithOneRowForAll()
    {
        short[] symbols = [.. Enumerable.Range(0, 40_000).Select(i => (short)(i * i % 7 % 4))];
        byte[] payload = Encode(symbols, s_row, 5);
        short[] back = new short[symbols.Length];
        Assert.Equal(CodingStatus.Ok, TorchacCoder.Decode(payload, s_row, 5, back));
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void DamagedStringsHaveAStatus()
    {
        short[] symbols = [.. Enumerable.Range(0, 200).Select(i => (short)(i * i % 7 % 4))];
        byte[] payload = Encode(symbols, s_row, 5);
        short[] back = new short[symbols.Length];
        Assert.NotEqual(CodingStatus.Ok, TorchacCoder.Decode(payload.AsSpan(0, payload.Length - 1), s_row, 5, back));
        Assert.Equal(CodingStatus.TrailingData, TorchacCoder.Decode([.. payload, 0], s_row, 5, back));
        Assert.Equal(CodingStatus.Truncated, TorchacCoder.Decode([], s_row, 5, back));
        for (int bit = 0; bit < 8 * payload.Length; bit++)
        {
            payload[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.False(TorchacCoder.Decode(payload, s_row, 5, back) == CodingStatus.Ok && back.AsSpan().SequenceEqual(symbols));
            payload[bit >> 3] ^= (byte)(1 << (bit & 7));
        }
    }

    [Fact]
    public void RandomStringsNeverThrowAndGiveOnlySymbolsOfTheTable()
    {
        Gen.Byte.Array[0, 64].Sample(
            payload =>
            {
                short[] back = new short[80];
                TorchacCoder.Decode(payload, s_row, 5, back);
                return back.All(s => s is >= 0 and <= 3);
            },
            iter: 5000);
    }

    [Fact]
    public void WhatIsUndefinedInTheOriginalIsAnArgumentError()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode([4], s_row, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode([-1], s_row, 5));
        Assert.Throws<ArgumentException>(() => Encode([0, 0], s_row, 4));
        Assert.Throws<ArgumentException>(() => Encode([0], [0], 1));
        Assert.Throws<ArgumentException>(() => Encode([0], [0, 5, 5, 0], 4));
        Assert.Throws<ArgumentException>(() => Encode([0], [0, -5, 5, 0], 4));
        Assert.Throws<ArgumentException>(() => Encode([0], [1, 5, 0], 3));
        Assert.Throws<ArgumentException>(() => TorchacCoder.Decode([], [1, 5, 0], 3, new short[1]));
    }

    [Fact]
    public void FloatTablesWrapAboveTheInt16s()
    {
        short[] row = new short[5];
        TorchacCoder.Quantize([0f, 0.25f, 0.75f, 0.95f, 1f], row);

        // 65532 * F, rounded, plus the entry's number.
        Assert.Equal([0, 16384, 49151, 62258, 65536], row.Select((r, i) => i == 4 ? 65536 : (ushort)r));
        Assert.Equal(0, row[4]);
        short[] flat = new short[4];
        TorchacCoder.Quantize([0f, 0f, 1f, 1f], flat);
        Assert.Equal([0, 1, 65535, 0], flat.Select(r => (int)(ushort)r));
        Assert.Equal(CodingStatus.Ok, TorchacCoder.Decode(Encode([0, 1, 2], flat, 4), flat, 4, new short[3]));
        Assert.Throws<ArgumentException>(() => TorchacCoder.Quantize([0f, 0.5f, 0.4f, 1f], flat));
        Assert.Throws<ArgumentException>(() => TorchacCoder.Quantize([0f, float.NaN, 0.4f, 1f], flat));
        Assert.Throws<ArgumentException>(() => TorchacCoder.Quantize([0.1f, 0.5f, 0.6f, 1f], flat));
        Assert.Throws<ArgumentException>(() => TorchacCoder.Quantize([0f, 0.5f, 1f], flat));
    }

    private static byte[] Encode(short[] symbols, short[] rows, int entries)
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(TorchacCoder.Encode(symbols, rows, entries, writer), writer.WrittenCount);
        return writer.WrittenSpan.ToArray();
    }

    private static (short[] Symbols, short[] Rows, int Entries) Message(uint seed, int entries, int length)
    {
        var random = new Random((int)seed);
        short[] symbols = new short[length];
        short[] rows = new short[Math.Max(1, length) * entries];
        for (int i = 0; i * entries < rows.Length; i++)
        {
            int crowd = random.Next(3);
            var starts = new SortedSet<int> { 0 };
            while (starts.Count < entries - 1)
            {
                starts.Add(crowd == 0 ? random.Next(65536) : crowd == 1 ? random.Next(2 * entries) : 65535 - random.Next(2 * entries));
            }

            starts.Select(s => unchecked((short)s)).ToArray().CopyTo(rows, i * entries);
            if (i < length)
            {
                symbols[i] = (short)(random.Next(3) switch { 0 => 0, 1 => entries - 2, _ => random.Next(entries - 1) });
            }
        }

        return (symbols, rows, entries);
    }

    // low and high as unbounded numbers below the bits already decided: E3 needs no pending bits here.
    private static byte[] Reference(short[] symbols, short[] rows, int entries)
    {
        BigInteger low = 0;
        BigInteger high = BigInteger.Pow(2, 32) - 1;
        int shifts = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            int row = i * entries;
            BigInteger first = (ushort)rows[row + symbols[i]];
            BigInteger behind = symbols[i] == entries - 2 ? 65536 : (ushort)rows[row + symbols[i] + 1];
            BigInteger span = high - low + 1;
            high = low - 1 + span * behind / 65536;
            low += span * first / 65536;

            while (Fits(low, high))
            {
                (low, high) = (2 * low, 2 * high + 1);
                shifts++;
            }
        }

        // The end: the number of two more bits that begins with 01 or 10 in the window.
        BigInteger window = Window(low, high);
        BigInteger quarter = BigInteger.Pow(2, 30);
        BigInteger end = (window + (low - window < quarter ? quarter : 2 * quarter)) / quarter;
        string bits = "";
        for (int i = 0; i < shifts + 2; i++, end /= 2)
        {
            bits = (end.IsEven ? "0" : "1") + bits;
        }

        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '0');
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2))];
    }

    // Where the coder's 32-bit window starts: at a multiple of 2^32, or half way between two if the interval lies across the next one (after E3).
    private static BigInteger Window(BigInteger low, BigInteger high)
    {
        BigInteger half = BigInteger.Pow(2, 31);
        BigInteger start = low / (2 * half) * (2 * half);
        return high < start + 2 * half ? start : low / half * half;
    }

    private static bool Fits(BigInteger low, BigInteger high)
    {
        BigInteger quarter = BigInteger.Pow(2, 30);
        BigInteger window = Window(low, high);
        BigInteger a = low - window;
        BigInteger b = high - window;
        return b < 2 * quarter || a >= 2 * quarter || (a >= quarter && b < 3 * quarter);
    }
}
