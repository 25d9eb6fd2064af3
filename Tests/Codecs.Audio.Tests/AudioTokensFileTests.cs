using System.Text;
using Codecs.Formats.Container;
using Codecs.Formats.Weights;
using CsCheck;

namespace Codecs.Audio.Tests;

public sealed class AudioTokensFileTests
{
    private const string Good = """{"sampleRate":24000,"samples":640,"peak":0.5,"framesPerSecond":75,"codebookSize":1024,"codebooks":3,"tokens":[[1,2,3],[4,5,1023]]}""";

    private static readonly Gen<AudioTokens> s_tokens =
        from codebooks in Gen.Int[3, 8]
        from frames in Gen.Int[1, 40]
        from rate in Gen.Int[1, 768_000]
        from values in Gen.Short[0, 1023].Array[codebooks * frames]
        from peak in Gen.Double[0, 2]
        from samples in Gen.Long[1, AudioTokens.SamplesOf(frames, rate)]
        select new AudioTokens(rate, samples, peak, codebooks, values);

    [Fact]
    public void JsonHasOneFrameALineAndAllThatIsKnown()
    {
        var tokens = new AudioTokens(16_000, 426, 0.25, 3, [0, 1, 2, 1021, 1022, 1023])
        {
            Model = "language-codec",
            Weights = FingerprintPrefix.FromBytes([0xf3, 0x1e, 0x79, 0x95, 0x4b, 0x38, 0xd2, 0xc1]),
        };

        string json = Encoding.UTF8.GetString(AudioTokensFile.ToJson(tokens));

        Assert.Equal(
            """
            {"model":"language-codec","fingerprint":"f31e79954b38d2c1","sampleRate":16000,"samples":426,"peak":0.25,"framesPerSecond":75,"codebookSize":1024,"codebooks":3,"tokens":[
            [0,1,2],
            [1021,1022,1023]]}

            """,
            json);
    }

    [Fact]
    public void JsonBringsEverythingBack() => s_tokens.Sample(tokens =>
    {
        tokens = tokens with { Model = "ä \"\n\U0001F399", Weights = Fingerprint.Of([1]).Prefix(9) };
        AudioTokens back = AudioTokensFile.Read(AudioTokensFile.ToJson(tokens));
        Assert.Equal(tokens.Values, back.Values);
        Assert.Equal(tokens, back with { Values = tokens.Values });
    });

    [Fact]
    public void AnArrayBringsTheIndicesBackAsWholeFramesAtTheModelsRate() => s_tokens.Sample(tokens =>
    {
        byte[] file = AudioTokensFile.ToNpy(tokens);
        AudioTokens back = AudioTokensFile.Read(file);
        Assert.Equal([tokens.Frames, tokens.Codebooks], NpyFile.Read(file).Shape);
        Assert.Equal(tokens.Values, back.Values);
        Assert.Equal((24_000, tokens.Frames * 320L, 0.5, tokens.Codebooks), (back.SampleRate, back.SampleCount, back.Peak, back.Codebooks));
    });

    [Fact]
    public void FewerCodebooksAreTheFirstColumns()
    {
        var tokens = new AudioTokens(24_000, 640, 1, 4, [1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal([1, 2, 3, 5, 6, 7], tokens.Take(3).Values);
        Assert.Equal((3, 2), (tokens.Take(3).Codebooks, tokens.Take(3).Frames));
        Assert.Same(tokens, tokens.Take(4));
        Assert.Same(tokens, tokens.Take(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokens.Take(2));
    }

    [Theory]
    [InlineData("{\"peak\":1e-2,\"codebooks\":3,\"tokens\":[[1,2,3]],\"codebookSize\":1024,\"samples\":1,\"framesPerSecond\":75,\"sampleRate\":1}")]
    [InlineData("\ufeff " + Good + " \r\n")]
    public void OrderAndBlanksDoNotMatter(string json) => Assert.Equal(3, AudioTokensFile.Read(Encoding.UTF8.GetBytes(json)).Codebooks);

    [Theory]
    [InlineData("\"peak\":0.5,", "", "'peak' is missing")]
    [InlineData(",\"tokens\":[[1,2,3],[4,5,1023]]", "", "'tokens' is missing")]
    [InlineData("\"peak\"", "\"more\":1,\"peak\"", "'more' is unknown")]
    [InlineData("\"peak\"", "\"peak\":1,\"peak\"", "comes twice")]
    [InlineData("\"peak\"", "\"p\\u0065ak\"", "unknown")]
    [InlineData("\"peak\":0.5", "\"peak\":-0.5", "peak")]
    [InlineData("\"peak\":0.5", "\"peak\":1e999", "")]
    [InlineData("\"peak\":0.5", "\"peak\":\"0.5\"", "number")]
    [InlineData("24000", "0", "outside 1..")]
    [InlineData("24000", "24000.5", "whole number")]
    [InlineData("24000", "\"24000\"", "whole number")]
    [InlineData("640", "641", "640 samples at most")]
    [InlineData("640", "99999999999999999999", "whole number")]
    [InlineData(":75", ":50", "75 is the only")]
    [InlineData(":1024", ":2048", "1024 is the only")]
    [InlineData("\"codebooks\":3", "\"codebooks\":2", "outside 3..8")]
    [InlineData("\"codebooks\":3", "\"codebooks\":4", "3 indices")]
    [InlineData("1023", "1024", "outside 0..1023")]
    [InlineData("1023", "-1", "outside 0..1023")]
    [InlineData("1023", "1023.0", "whole number")]
    [InlineData("1023", "null", "whole number")]
    [InlineData("5,1023", "1023", "2 indices")]
    [InlineData("[[1,2,3],[4,5,1023]]", "[]", "no frame")]
    [InlineData("[[1,2,3],[4,5,1023]]", "[[],[]]", "0 indices")]
    [InlineData("[[1,2,3],[4,5,1023]]", "[1,2,3]", "array")]
    [InlineData("[[1,2,3],[4,5,1023]]", "[[[1,2,3]]]", "whole number")]
    [InlineData("[[1,2,3],[4,5,1023]]", "7", "array")]
    [InlineData("{\"sample", "{\"model\":\"\\ud800\",\"sample", "Unicode")]
    [InlineData("{\"sample", "{\"fingerprint\":\"00\",\"sample", "hexadecimal")]
    [InlineData("{\"sample", "{\"fingerprint\":\"0011223344556677é9\",\"sample", "hexadecimal")]
    [InlineData("]]}", "]]}{}", "JSON")]
    [InlineData("]]}", "],]}", "JSON")]
    [InlineData("{\"sample", "// {}\n{\"sample", "JSON")]
    public void WhatDoesNotBelongIsRefusedWithItsReason(string part, string other, string reason)
    {
        string json = Good.Replace(part, other, StringComparison.Ordinal);

        string message = Assert.Throws<InvalidBitstreamException>(() => AudioTokensFile.FromJson(Encoding.UTF8.GetBytes(json))).Message;

        Assert.NotEqual(Good, json);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCutIsNoticed()
    {
        byte[] file = Encoding.UTF8.GetBytes(Good);
        Assert.Equal(2, AudioTokensFile.FromJson(file).Frames);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => AudioTokensFile.FromJson(file.AsSpan(0, length)));
        }
    }

    [Fact]
    public void DeepNestingAndWrongBytesAreRefused()
    {
        Assert.Throws<InvalidBitstreamException>(() => AudioTokensFile.FromJson(Encoding.UTF8.GetBytes("{\"tokens\":" + new string('[', 100_000))));
        Assert.Throws<InvalidBitstreamException>(() => AudioTokensFile.FromJson([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']));
        Assert.Throws<InvalidBitstreamException>(() => AudioTokensFile.FromJson([.. "{\"model\":\""u8, 0xff, .. "\"}"u8]));
    }

    [Fact]
    public void ArraysThatAreNoTokensAreRefusedWithTheirPlace()
    {
        Assert.Contains("[8, 2]", Refused([8, 2], new short[16]), StringComparison.Ordinal);
        Assert.Contains("[2, 9]", Refused([2, 9], new short[18]), StringComparison.Ordinal);
        Assert.Contains("[6]", Refused([6], new short[6]), StringComparison.Ordinal);
        Assert.Contains("0 indices", Refused([0, 3], []), StringComparison.Ordinal);
        Assert.Contains("index 1024 of codebook 1 in frame 1", Refused([2, 3], [0, 0, 0, 0, 1024, 0]), StringComparison.Ordinal);
        Assert.Contains("index -1 of codebook 2 in frame 0", Refused([2, 3], [0, 0, -1, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Throws<UnsupportedBitstreamException>(() => AudioTokensFile.FromNpy(NpyFile.ToArray<float>([2, 3], new float[6])));

        static string Refused(long[] shape, short[] values) =>
            Assert.Throws<InvalidBitstreamException>(() => AudioTokensFile.FromNpy(NpyFile.ToArray<short>(shape, values))).Message;
    }

    [Fact]
    public void FilesAreKnownByTheirFirstBytes()
    {
        Assert.True(AudioTokensFile.Detect(Encoding.UTF8.GetBytes(" \n" + Good)));
        Assert.True(AudioTokensFile.Detect(NpyFile.ToArray<short>([1, 3], new short[3])));
        Assert.False(AudioTokensFile.Detect("RIFF"u8));
        Assert.False(AudioTokensFile.Detect([]));
    }
}
