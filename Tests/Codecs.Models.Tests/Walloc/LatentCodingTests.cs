using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Walloc;
using CsCheck;

namespace Codecs.Models.Tests.Walloc;

public sealed class LatentCodingTests
{
    private const int Channels = RandomWalloc.Channels;
    private static readonly byte[] s_context = [1, 2, 3];
    private static readonly ExactLatentModel s_model = RandomWalloc.Context(seed: 1).Exact;

    [Fact]
    public void LatentsOfAllMagnitudesComeBack() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[0, WallocRates.MaxRate], Gen.Int).Sample((rows, columns, rate, seed) =>
    {
        short[] values = RandomWalloc.Latents(rows * columns * Channels, seed), original = [.. values];
        byte[] payload = Encode(s_model, values, rows, columns, rate);
        for (int i = 0; i < values.Length; i++)
        {
            // No class of this model is silent, and residuals up to 32767 can be coded; predictions of this model stay below 4700.
            Assert.True(values[i] == original[i] || Math.Abs(original[i]) > short.MaxValue - 4700);
        }

        Assert.Equal(values, LatentCoding.Decode(s_model, payload, 0, rows, columns, Channels, rate, s_context, CheckMode.Check31));
    }, iter: 300);

    [Fact]
    public void TheWriterCorrectsWhatTheModelLeavesNoChoiceAbout()
    {
        // A spread below the smallest class that is coded, and means of zero: every latent is 0, in no bits.
        ExactLatentModel silent = RandomWalloc.Exact(RandomWalloc.Zeros(spread: 1));
        short[] values = RandomWalloc.Latents(4 * 5 * Channels, seed: 1);
        byte[] payload = Encode(silent, values, 4, 5, rate: 0);
        Assert.All(values, v => Assert.Equal(0, v));
        Assert.InRange(payload.Length, 0, 12);
        Assert.Equal(values, LatentCoding.Decode(silent, payload, 0, 4, 5, Channels, 0, s_context, CheckMode.Check31));
    }

    [Fact]
    public void EveryTruncationIsFound()
    {
        byte[] payload = Encode(s_model, RandomWalloc.Latents(4 * 4 * Channels, seed: 2), 4, 4, rate: 100);
        for (int length = 0; length < payload.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => Decode(payload.AsMemory(0, length)));
        }
    }

    [Fact]
    public void EveryChangedByteIsFound()
    {
        byte[] payload = Encode(s_model, RandomWalloc.Latents(4 * 4 * Channels, seed: 3), 4, 4, rate: 100);
        for (int i = 0; i < payload.Length; i++)
        {
            foreach (byte change in (byte[])[1, 0x80, 0xFF])
            {
                byte[] damaged = [.. payload];
                damaged[i] ^= change;
                Assert.Throws<InvalidBitstreamException>(() => Decode(damaged));
            }
        }
    }

    [Fact]
    public void AnyBytesAreRefusedWithoutAForeignError() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        Assert.Throws<InvalidBitstreamException>(() => Decode(bytes));
    }, iter: 300);

    [Fact]
    public void AnotherHeaderFailsTheContentCheck()
    {
        byte[] payload = Encode(s_model, RandomWalloc.Latents(4 * 4 * Channels, seed: 4), 4, 4, rate: 100);
        Assert.Throws<InvalidBitstreamException>(() => LatentCoding.Decode(s_model, payload, 0, 4, 4, Channels, 100, [9], CheckMode.Check31));
    }

    [Fact]
    public void ProgressMayStopTheWork() => Assert.Throws<OperationCanceledException>(() => LatentCoding.Encode(
        s_model, new short[9 * Channels], 3, 3, 0, s_context, CheckMode.Check31, new ArrayBufferWriter<byte>(),
        row => throw new OperationCanceledException()));

    private static byte[] Encode(ExactLatentModel model, short[] values, int rows, int columns, int rate)
    {
        var payload = new ArrayBufferWriter<byte>();
        Assert.Equal(LatentCoding.Encode(model, values, rows, columns, rate, s_context, CheckMode.Check31, payload), payload.WrittenCount);
        return payload.WrittenSpan.ToArray();
    }

    private static short[] Decode(ReadOnlyMemory<byte> payload) =>
        LatentCoding.Decode(s_model, payload, 0, 4, 4, Channels, 100, s_context, CheckMode.Check31);
}
