using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using CsCheck;

namespace Codecs.Models.Tests.LanguageCodec.Indices;

public sealed class IndexCoderTests
{
    private const int Books = SpeechShape.Codebooks;
    private static readonly ExactIndexModel s_model = RandomIndexModel.Create(seed: 1), s_extreme = RandomIndexModel.Create(seed: 2, largestNode: 127);

    [Fact]
    public void IndicesComeBack() => Gen.Select(Gen.Int[0, 40], Gen.Int, Gen.Bool).Sample((frames, seed, isExtreme) =>
    {
        ExactIndexModel model = isExtreme ? s_extreme : s_model;
        short[] codes = RandomIndexModel.Codes(frames, seed), back = new short[codes.Length];
        Array.Fill(back, (short)-1);
        IndexCoder writer = model.CreateCoder(), reader = model.CreateCoder();
        for (int payload = 0; payload < IndexShape.Payloads; payload++)
        {
            Assert.Equal(CodingStatus.Ok, Decode(reader, Encode(writer, codes, payload), back, payload));
        }

        Assert.Equal(codes, back);
    }, iter: 60);

    [Fact]
    public void APayloadDoesNotDependOnThoseBehindIt()
    {
        // A file of four codebooks is the beginning of the file of eight.
        short[] codes = RandomIndexModel.Codes(30, seed: 1), others = RandomIndexModel.Codes(30, seed: 2);
        for (int payload = 0; payload < IndexShape.Payloads; payload++)
        {
            (int _, int end) = IndexShape.BooksOf(payload);
            short[] mixed = [.. codes.Select((code, i) => i % Books < end ? code : others[i])];
            Assert.Equal(Encode(s_model.CreateCoder(), codes, payload), Encode(s_model.CreateCoder(), mixed, payload));
        }
    }

    [Fact]
    public void APayloadDependsOnEverythingBeforeIt()
    {
        // What was sent before is used: other lower codes give other bytes.
        short[] codes = RandomIndexModel.Codes(30, seed: 1);
        for (int payload = 1; payload < IndexShape.Payloads; payload++)
        {
            for (int book = 0; book < IndexShape.BooksOf(payload).First; book++)
            {
                short[] changed = [.. codes];
                changed[(20 * Books) + book] ^= 1;
                Assert.NotEqual(Encode(s_model.CreateCoder(), codes, payload), Encode(s_model.CreateCoder(), changed, payload));
            }
        }
    }

    [Fact]
    public void ACoderForgetsBetweenPayloads()
    {
        short[] codes = RandomIndexModel.Codes(30, seed: 3);
        IndexCoder coder = s_model.CreateCoder();
        byte[] first = Encode(coder, codes, 0);
        Encode(coder, RandomIndexModel.Codes(50, seed: 4), 3);
        Assert.Equal(first, Encode(coder, codes, 0));
    }

    [Fact]
    public void TheCostIsWhatThePayloadTakes()
    {
        short[] codes = RandomIndexModel.Codes(200, seed: 5);
        IndexCoder coder = s_model.CreateCoder();
        for (int payload = 0; payload < IndexShape.Payloads; payload++)
        {
            double bits = coder.Cost(codes, payload);
            Assert.InRange(Encode(coder, codes, payload, CheckMode.None).Length, (bits / 8) - 1, (bits / 8 * 1.0005) + 2);
        }
    }

    [Fact]
    public void DamageNeverThrowsAndIsFound()
    {
        short[] codes = RandomIndexModel.Codes(12, seed: 6), back = new short[codes.Length];
        IndexCoder coder = s_model.CreateCoder();
        foreach (int payload in (int[])[0, 2])
        {
            byte[] good = Encode(coder, codes, payload);
            for (int i = 0; i < good.Length; i++)
            {
                codes.CopyTo(back, 0);
                byte[] bad = [.. good];
                bad[i] ^= (byte)(1 << (i % 8));
                Assert.NotEqual(CodingStatus.Ok, Decode(coder, bad, back, payload));
                Assert.NotEqual(CodingStatus.Ok, Decode(coder, good.AsMemory(0, i), back, payload));
                Assert.All(back, code => Assert.InRange(code, 0, SpeechShape.CodebookSize - 1));
            }
        }
    }

    [Fact]
    public void AnyBytesGiveValidIndices() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, IndexShape.Payloads - 1]).Sample((bytes, payload) =>
    {
        short[] back = new short[20 * Books];
        Decode(s_extreme.CreateCoder(), bytes, back, payload);
        Assert.All(back, code => Assert.InRange(code, 0, SpeechShape.CodebookSize - 1));
    }, iter: 60);

    [Fact]
    public void CallersMistakesAreRefused()
    {
        IndexCoder coder = s_model.CreateCoder();
        Assert.Throws<ArgumentException>(() => coder.Cost(new short[Books + 1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => coder.Cost(new short[Books], IndexShape.Payloads));
        Assert.Throws<ArgumentOutOfRangeException>(() => coder.Cost(new short[Books], -1));
        short[] wrong = new short[Books];
        wrong[3] = SpeechShape.CodebookSize;
        Assert.Throws<ArgumentOutOfRangeException>(() => coder.Cost(wrong, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decode(coder, new byte[9], wrong, 2));
        wrong[3] = -1;
        Assert.Throws<ArgumentOutOfRangeException>(() => coder.Cost(wrong, 1));

        // The fourth codebook does not matter to the first payload, nor to the reader of the second.
        coder.Cost(wrong, 0);
        Decode(coder, new byte[9], wrong, 1);
    }

    private static byte[] Encode(IndexCoder coder, short[] codes, int payload, CheckMode check = CheckMode.Check31)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(buffer);
        coder.Encode(encoder, codes, payload);
        encoder.Finish(check);
        return buffer.WrittenSpan.ToArray();
    }

    private static CodingStatus Decode(IndexCoder coder, ReadOnlyMemory<byte> bytes, short[] codes, int payload)
    {
        var decoder = new RangeDecoder(bytes, CheckMode.Check31);
        coder.Decode(decoder, codes, payload);
        return decoder.Finish();
    }
}
