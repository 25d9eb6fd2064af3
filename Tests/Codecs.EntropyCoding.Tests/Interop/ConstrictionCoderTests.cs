using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Codecs.EntropyCoding.Interop;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Interop;

public sealed class ConstrictionCoderTests
{
    private static readonly int[] s_gaussian = [23, -15, 78, 43, -69];
    private static readonly ConstrictionModel[] s_gaussianModels =
    [
        Gaussian(35.2, 10.1), Gaussian(-1.7, 25.3), Gaussian(30.1, 23.8), Gaussian(71.2, 35.4), Gaussian(-75.1, 3.9),
    ];

    private static readonly int[] s_categorical = [0, 2, 1, 2, 0, 2, 0, 2, 1];
    private static readonly ConstrictionModel[] s_categoricalModel = [ConstrictionModel.FromCumulative(0, [0, 1677722, 11744051, 1 << 24])];

    private static readonly Gen<(int[] Symbols, ConstrictionModel[] Models)> s_messages = Gen.UInt.Select(Gen.Int[0, 300]).Select(t => Message(t.Item1, t.Item2));

    [Fact]
    public void TheGaussianVectorsAreMetBothWays()
    {
        CheckStack(s_gaussian, s_gaussianModels, [1109163715, 757457]);
        CheckQueue(s_gaussian, s_gaussianModels, [473034731, 2276733146]);
    }

    [Fact]
    public void TheCategoricalVectorsAreMetBothWays()
    {
        CheckStack(s_categorical, s_categoricalModel, [1276728145, 172]);
        CheckQueue(s_categorical, s_categoricalModel, [369323576]);
    }

    [Fact]
    public void NothingIsNothing()
    {
        CheckStack([], s_categoricalModel, []);
        CheckQueue([], s_categoricalModel, []);
    }

    [Fact]
    public void AnySymbolsComeBackFromTheStackAndGiveTheWordsOfUnboundedArithmetic()
    {
        s_messages.Sample(
            m =>
            {
                byte[] payload = EncodeStack(m.Symbols, m.Models);
                Assert.Equal(ReferenceStack(m.Symbols, m.Models), Words(payload));
                int[] back = new int[m.Symbols.Length];
                Assert.Equal(CodingStatus.Ok, ConstrictionStackCoder.Decode(payload, m.Models, back));
                Assert.Equal(m.Symbols, back);
            },
            iter: 200);
    }

    [Fact]
    public void AnySymbolsComeBackFromTheQueueAndGiveTheWordsOfUnboundedArithmetic()
    {
        s_messages.Sample(
            m =>
            {
                byte[] payload = EncodeQueue(m.Symbols, m.Models);
                Assert.Equal(ReferenceQueue(m.Symbols, m.Models), Words(payload));
                int[] back = new int[m.Symbols.Length];
                Assert.Equal(CodingStatus.Ok, ConstrictionQueueCoder.Decode(payload, m.Models, back));
                Assert.Equal(m.Symbols, back);
            },
            iter: 200);
    }

    [Fact]
    public void DamagedWordsHaveAStatus()
    {
        int[] back = new int[5];
        byte[] stack = EncodeStack(s_gaussian, s_gaussianModels);
        Assert.Equal(CodingStatus.InvalidHead, ConstrictionStackCoder.Decode(stack.AsSpan(1), s_gaussianModels, back));
        Assert.Equal(CodingStatus.InvalidHead, ConstrictionStackCoder.Decode([.. stack, 0, 0, 0, 0], s_gaussianModels, back));
        Assert.Equal(CodingStatus.CheckFailed, ConstrictionStackCoder.Decode(stack.AsSpan(0, 4), s_gaussianModels, back));
        Assert.Equal(CodingStatus.TrailingData, ConstrictionStackCoder.Decode([1, 2, 3, 4, .. stack, .. stack], s_gaussianModels, back));

        byte[] queue = EncodeQueue(s_gaussian, s_gaussianModels);
        Assert.Equal(CodingStatus.InvalidHead, ConstrictionQueueCoder.Decode(queue.AsSpan(1), s_gaussianModels, back));
        Assert.Equal(CodingStatus.TrailingData, ConstrictionQueueCoder.Decode([.. queue, 0, 0, 0, 0], s_gaussianModels, back));
        Assert.NotEqual(CodingStatus.Ok, ConstrictionQueueCoder.Decode(queue.AsSpan(0, 4), s_gaussianModels, back));
        Assert.Equal(CodingStatus.Truncated, ConstrictionQueueCoder.Decode([], s_gaussianModels, back));
        Assert.Equal(CodingStatus.CheckFailed, ConstrictionQueueCoder.Decode([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], s_gaussianModels, back));
        Assert.Equal(CodingStatus.TrailingData, ConstrictionQueueCoder.Decode(queue, s_categoricalModel, []));
    }

    [Fact]
    public void FlippedBitsNeverGiveTheSameSymbols()
    {
        s_messages.Where(m => m.Symbols.Length > 0).Sample(
            m =>
            {
                int[] back = new int[m.Symbols.Length];
                byte[] stack = EncodeStack(m.Symbols, m.Models);
                byte[] queue = EncodeQueue(m.Symbols, m.Models);
                for (int bit = 0; bit < 8 * queue.Length && bit < 300; bit++)
                {
                    queue[^(1 + (bit >> 3))] ^= (byte)(1 << (bit & 7));
                    Assert.False(ConstrictionQueueCoder.Decode(queue, m.Models, back) == CodingStatus.Ok && back.AsSpan().SequenceEqual(m.Symbols));
                    queue[^(1 + (bit >> 3))] ^= (byte)(1 << (bit & 7));
                }

                for (int bit = 0; bit < 8 * stack.Length && bit < 300; bit++)
                {
                    stack[bit >> 3] ^= (byte)(1 << (bit & 7));
                    Assert.False(ConstrictionStackCoder.Decode(stack, m.Models, back) == CodingStatus.Ok && back.AsSpan().SequenceEqual(m.Symbols));
                    stack[bit >> 3] ^= (byte)(1 << (bit & 7));
                }
            },
            iter: 20);
    }

    [Fact]
    public void RandomWordsNeverThrow()
    {
        int[] back = new int[60];
        Gen.Byte.Array[0, 64].Sample(
            payload =>
            {
                ConstrictionStackCoder.Decode(payload, s_categoricalModel, back);
                ConstrictionQueueCoder.Decode(payload, s_categoricalModel, back);
            },
            iter: 5000,
            threads: 1);
    }

    [Fact]
    public void MistakesOfTheCallerAreArgumentErrors()
    {
        Assert.Throws<ArgumentException>(() => EncodeStack([0, 1, 2], [s_categoricalModel[0], s_categoricalModel[0]]));
        Assert.Throws<ArgumentException>(() => EncodeQueue([0], []));
        Assert.Throws<ArgumentNullException>(() => EncodeQueue([0], [null!]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EncodeStack([3], s_categoricalModel));
        Assert.Throws<ArgumentOutOfRangeException>(() => EncodeQueue([-1], s_categoricalModel));
        Assert.Throws<ArgumentException>(() => ConstrictionStackCoder.Decode([], [], new int[1]));
    }

    private static ConstrictionModel Gaussian(double mean, double scale) => ConstrictionModel.FromDistribution(-100, 100, x => Phi((x - mean) / scale));

    // Exact to the last bit of a double, so no erf of any library is involved.
    private static double Phi(double x)
    {
        double half = (double)NormalDistribution.HalfIntegral(new BigInteger(Math.Abs(x) * Math.Pow(2, 60)) << (NormalDistribution.Fraction - 60)) / Math.Pow(2, 256);
        return 0.5 + Math.Sign(x) * half;
    }

    private static (int[] Symbols, ConstrictionModel[] Models) Message(uint seed, int length)
    {
        var random = new Random((int)seed);
        var models = new ConstrictionModel[length];
        int[] symbols = new int[length];
        for (int i = 0; i < length; i++)
        {
            // Shapes with extreme frequencies, and an even one whose certain bits make long runs of equal words.
            int[] cumulative = random.Next(4) switch
            {
                0 => [0, 1, 1 << 24],
                1 => [0, (1 << 24) - 1, 1 << 24],
                2 => [0, 1 << 22, 1 << 23, 3 << 22, 1 << 24],
                _ => [0, .. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(1, 1 << 24)).Distinct().Order(), 1 << 24],
            };
            models[i] = ConstrictionModel.FromCumulative(random.Next(-50, 50), cumulative);
            int slot = random.Next(3) switch { 0 => 0, 1 => (1 << 24) - 1, _ => random.Next(1 << 24) };
            symbols[i] = models[i].Find((uint)slot, out _, out _);
        }

        return (symbols, length == 0 ? s_categoricalModel : models);
    }

    private static uint[] ReferenceStack(int[] symbols, ConstrictionModel[] models)
    {
        BigInteger state = 0;
        var words = new List<uint>();
        for (int i = symbols.Length - 1; i >= 0; i--)
        {
            (BigInteger c, BigInteger p) = Interval(models[i], symbols[i]);
            if (state >= p * BigInteger.Pow(2, 40))
            {
                words.Add((uint)(state % BigInteger.Pow(2, 32)));
                state /= BigInteger.Pow(2, 32);
            }

            state = state / p * BigInteger.Pow(2, 24) + c + state % p;
        }

        for (; state > 0; state /= BigInteger.Pow(2, 32))
        {
            words.Add((uint)(state % BigInteger.Pow(2, 32)));
        }

        return [.. words];
    }

    // lower as one unbounded number: no carries.
    private static uint[] ReferenceQueue(int[] symbols, ConstrictionModel[] models)
    {
        if (symbols.Length == 0)
        {
            return [];
        }

        BigInteger word = BigInteger.Pow(2, 32);
        BigInteger lower = 0;
        BigInteger range = word * word - 1;
        int count = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            (BigInteger c, BigInteger p) = Interval(models[i], symbols[i]);
            BigInteger unit = range / BigInteger.Pow(2, 24);
            lower += unit * c;
            range = unit * p;
            if (range < word)
            {
                lower *= word;
                range *= word;
                count++;
            }
        }

        BigInteger top = (lower + word - 1) / word;
        bool zero = (lower + range) / word == top;
        uint[] words = new uint[count + 1 + (zero ? 1 : 0)];
        for (int i = count; i >= 0; i--, top /= word)
        {
            words[i] = (uint)(top % word);
        }

        return words;
    }

    private static (BigInteger Start, BigInteger Frequency) Interval(ConstrictionModel model, int symbol)
    {
        int index = symbol - model.Minimum;
        return (model.Cumulative[index], model.Cumulative[index + 1] - model.Cumulative[index]);
    }

    private static void CheckStack(int[] symbols, ConstrictionModel[] models, uint[] words)
    {
        Assert.Equal(words, Words(EncodeStack(symbols, models)));
        int[] back = new int[symbols.Length];
        Assert.Equal(CodingStatus.Ok, ConstrictionStackCoder.Decode(Bytes(words), models, back));
        Assert.Equal(symbols, back);
    }

    private static void CheckQueue(int[] symbols, ConstrictionModel[] models, uint[] words)
    {
        Assert.Equal(words, Words(EncodeQueue(symbols, models)));
        int[] back = new int[symbols.Length];
        Assert.Equal(CodingStatus.Ok, ConstrictionQueueCoder.Decode(Bytes(words), models, back));
        Assert.Equal(symbols, back);
    }

    private static byte[] EncodeStack(int[] symbols, ConstrictionModel[] models)
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(ConstrictionStackCoder.Encode(symbols, models, writer), writer.WrittenCount);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] EncodeQueue(int[] symbols, ConstrictionModel[] models)
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(ConstrictionQueueCoder.Encode(symbols, models, writer), writer.WrittenCount);
        return writer.WrittenSpan.ToArray();
    }

    private static uint[] Words(byte[] payload) =>
        [.. Enumerable.Range(0, payload.Length / 4).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4 * i)))];

    private static byte[] Bytes(uint[] words) => [.. words.SelectMany(w => new[] { (byte)w, (byte)(w >> 8), (byte)(w >> 16), (byte)(w >> 24) })];
}
