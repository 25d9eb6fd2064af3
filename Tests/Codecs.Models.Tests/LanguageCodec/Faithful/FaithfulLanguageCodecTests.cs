using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec.Faithful;
using Codecs.Models.LanguageCodec.Faithful.Networks;
using Codecs.Models.Tests.Faithful;
using CsCheck;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

public sealed class FaithfulLanguageCodecTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(320, 1)]
    [InlineData(1000, 4)]
    [InlineData(24000, 75)]
    [InlineData(24001, 76)]
    public void EveryStartedFrameCountsAndLengthsStay(int samples, int frames)
    {
        using FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);

        FaithfulSpeechCodes codes = codec.Encode(SyntheticSpeechWeights.Tone(samples));
        float[] back = codec.Decode(codes);

        Assert.Equal(frames, codes.Frames);
        Assert.Equal(frames * 5, codes.Values.Length);
        Assert.All(codes.Values.ToArray(), v => Assert.InRange(v, 0, 15));
        Assert.Equal(samples, back.Length);
        Assert.Contains(back, v => v != 0);
        Assert.All(back, v => Assert.True(float.IsFinite(v)));
    }

    // Latents are compared, because a latent between two vectors may fall to either side.
    [Fact]
    public void PiecesAreEncodedLikeTheWhole()
    {
        using FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);
        Gen.Select(Gen.Int[1, 40 * 320], Gen.Int[PiecewiseEncoder.LeastFrames, 12], Gen.Int[0, 1000]).Sample(
            (length, piece, seed) =>
            {
                using var scope = NewDisposeScope();
                using var inference = inference_mode();
                var random = new Random(seed);
                float[] signal = [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];

                Assert.InRange(Near.MaxDifference(Latents(codec, signal, int.MaxValue), Latents(codec, signal, piece)), 0, 1e-5);
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public void PiecesAreDecodedLikeTheWhole()
    {
        using FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);
        Gen.Select(Gen.Int[1, 60 * 320], Gen.Int[1, 20], Gen.Int[0, 1000]).Sample(
            (length, piece, seed) =>
            {
                using var scope = NewDisposeScope();
                FaithfulSpeechCodes codes = RandomCodes(length, codebooks: 5, size: 16, seed);
                Tensor whole = tensor(codec.Decode(codes, int.MaxValue)), pieces = tensor(codec.Decode(codes, piece));

                Assert.InRange(Near.MaxDifference(whole, pieces), 0, 1e-5);
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public void AFrameReachesExactlyAsFarAsTheContextOfAPiece()
    {
        using FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);
        const int frames = 60, changed = 30;
        int reach = codec.Network.Decoder.Reach + InverseTransform.Reach;
        FaithfulSpeechCodes codes = RandomCodes(frames * 320, codebooks: 5, size: 16, seed: 1);
        short[] values = codes.Values.ToArray();
        for (int q = 0; q < 5; q++)
        {
            values[(changed * 5) + q] ^= 7;
        }

        float[] one = codec.Decode(codes), other = codec.Decode(codes with { Values = values });
        int[] differing = [.. Enumerable.Range(0, one.Length).Where(i => one[i] != other[i])];

        Assert.InRange(differing[0], (changed - reach) * 320, ((changed - reach) * 320) + 319);
        Assert.InRange(differing[^1], (changed + reach) * 320, ((changed + reach) * 320) + 319);
    }

    [Fact]
    public void FewerCodebooksAreAPrefix()
    {
        using FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);
        float[] tone = SyntheticSpeechWeights.Tone(2000);

        FaithfulSpeechCodes all = codec.Encode(tone), three = codec.Encode(tone, 3);

        Assert.Equal(three.Values.ToArray(), all.Keep(3).Values.ToArray());
        Assert.Equal(codec.Decode(three), codec.Decode(all.Keep(3)));
        Assert.NotEqual(codec.Decode(three), codec.Decode(all));
    }

    [Fact]
    public void WhatCannotBeCodedIsTheCallersMistake()
    {
        using FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);
        float[] tone = SyntheticSpeechWeights.Tone(640);
        FaithfulSpeechCodes codes = codec.Encode(tone);

        Assert.Throws<ArgumentException>(() => codec.Encode([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Encode(tone, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Encode(tone, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => codes.Keep(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => codes.Keep(6));
        Assert.Throws<ArgumentException>(() => codec.Decode(codes with { Samples = 641 }));
        Assert.Throws<ArgumentException>(() => codec.Decode(codes with { Samples = 0, Values = Array.Empty<short>() }));
        Assert.Throws<ArgumentException>(() => codec.Decode(new FaithfulSpeechCodes(320, 2, new short[2])));
        Assert.Throws<ArgumentException>(() => codec.Decode(new FaithfulSpeechCodes(320, 3, new short[] { 0, 16, 0 })));
        Assert.Throws<ArgumentException>(() => codec.Decode(new FaithfulSpeechCodes(320, 3, new short[] { 0, -1, 0 })));
        Assert.Throws<OperationCanceledException>(() => codec.Encode(tone, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => codec.Decode(codes, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void NothingIsLeftBehindWhenACodecIsClosed()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (FaithfulLanguageCodec codec = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small))
        {
            codec.Decode(codec.Encode(SyntheticSpeechWeights.Tone(20 * 320), 5, pieceFrames: 8), pieceFrames: 8);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void OtherNetworksAreRefused() => Assert.Contains("mlicv2", Assert.Throws<ModelMismatchException>(() => FaithfulLanguageCodec.Create(
        SafetensorsFile.Read(SafetensorsWriter.ToArray([], new Dictionary<string, string> { ["architecture"] = "mlicv2-l20" })))).Message, StringComparison.Ordinal);

    private static FaithfulSpeechCodes RandomCodes(int samples, int codebooks, int size, int seed)
    {
        var random = new Random(seed);
        int count = FaithfulLanguageCodecConfig.Frames(samples) * codebooks;
        return new FaithfulSpeechCodes(samples, codebooks, Enumerable.Range(0, count).Select(_ => (short)random.Next(size)).ToArray());
    }

    private static Tensor Latents(FaithfulLanguageCodec codec, float[] signal, int pieceFrames)
    {
        using PiecewiseEncoder pieces = new(codec.Network.Encoder, CPU);
        int frames = FaithfulLanguageCodecConfig.Frames(signal.Length);
        List<Tensor> latents = [];
        for (int first = 0; first < frames; first = latents.Count * pieceFrames)
        {
            latents.Add(pieces.Next(signal, first, (int)Math.Min(frames, (long)first + pieceFrames)));
        }

        return cat(latents, 2);
    }
}
