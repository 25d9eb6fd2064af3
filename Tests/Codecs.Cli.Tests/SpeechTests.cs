using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;

namespace Codecs.Cli.Tests;

[Trait("needs", "ffmpeg")]
public sealed class SpeechTests(CodedSpeech speech, CodedSounds sounds)
{
    private const int Short = 8_000;

    [Theory]
    [InlineData(5, "--speech")]
    [InlineData(5, "--codec", "language-codec")]
    [InlineData(4, "--speech", "--bitrate", "3k")]
    [InlineData(4, "--speech", "--bitrate", "3700")]
    [InlineData(6, "--speech", "--kbps", "4.5")]
    [InlineData(8, "--speech", "-q", "100")]
    [InlineData(3, "--speech", "--codebooks", "3")]
    public void EveryWayToSayTheRateGivesItsCodebooks(int codebooks, params string[] options)
    {
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "voice.wav", Short);

        JsonElement encoded = FileOf(Command.Run(folder, ["encode", "voice.wav", "--json", .. options]).Expect(0));
        JsonElement info = FileOf(Command.Run(folder, "info", "voice.ncf", "--json").Expect(0)).GetProperty("ncf").GetProperty("codebooks");

        Assert.Equal(("language-codec", codebooks), (encoded.GetProperty("model").GetString(), encoded.GetProperty("codebooks").GetInt32()));
        Assert.Equal((codebooks, codebooks), (info.GetProperty("count").GetInt32(), info.GetProperty("fewest").GetInt32()));
        Assert.Equal(0.75 * codebooks, info.GetProperty("nominalKilobitsPerSecond").GetDouble());
    }

    [Fact]
    public void SeveralChannelsAreMixedAndThatIsSaid()
    {
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "two.wav", Short, channels: 2);

        CliResult encoded = Command.Run(folder, "encode", "two.wav", "--speech", "--json").Expect(0);
        Command.Run(folder, "decode", "two.ncf", "-o", "back.wav").Expect(0);

        AudioReadResult back = AudioFile.Read(folder.At("back.wav"));
        Assert.Contains("2 channels are mixed", encoded.Error, StringComparison.Ordinal);
        Assert.Contains("mixed", FileOf(encoded).GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((CodedSpeech.SampleRate, 1, (long)Short), (back.Waveform.SampleRate, back.Waveform.ChannelCount, back.Waveform.SampleCount));
    }

    [Fact]
    public void InfoKnowsTheCodebooksWithoutWeights()
    {
        using var folder = new TempFolder();
        folder.Write("voice.ncf", speech.Coded);

        CliResult text = Command.Run(folder, input: null, new Dictionary<string, string> { ["CODECS_ZOO"] = folder.At("zoo") }, "info", "voice.ncf").Expect(0);
        JsonElement info = FileOf(Command.Run(folder, "info", "voice.ncf", "--json").Expect(0)), codebooks = info.GetProperty("ncf").GetProperty("codebooks");

        Assert.Contains("8 of 1024 entries, 75 frames/s, 6 kbit/s", text.Text, StringComparison.Ordinal);
        Assert.Contains($"codebooks 0 to 2: {codebooks.GetProperty("bytes")[0]} bytes, 3: {codebooks.GetProperty("bytes")[1]},", text.Text, StringComparison.Ordinal);
        Assert.Contains("not here", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rate point", text.Text, StringComparison.Ordinal);
        Assert.Equal(6, codebooks.GetProperty("bytes").GetArrayLength());
        Assert.Equal(
            NcfFile.Parse(speech.Coded, NcfLimits.Default).Units.Sum(u => u.PayloadBytes), codebooks.GetProperty("bytes").EnumerateArray().Sum(b => b.GetInt64()));
        Assert.False(info.TryGetProperty("ratePoint", out _));
    }

    [Fact]
    public void VerifyLatentsAndModelsKnowSpeech()
    {
        using var folder = new TempFolder();
        folder.Write("voice.ncf", speech.Coded);

        string verified = Command.Run(folder, "verify", "voice.ncf").Expect(0).Text;
        Command.Run(folder, "latents", "voice.ncf", "-o", "voice.npy").Expect(0);
        JsonElement shown = Command.Run(folder, "models", "show", "language-codec", "--json").Expect(0).Json.GetProperty("models").GetProperty("installed")[0];

        Assert.Contains($"symbols and digest, {CodedSpeech.Samples} samples", verified, StringComparison.Ordinal);
        Assert.Equal([1, CodedSpeech.Frames, 128], NpyFile.Read(folder.Read("voice.npy")).Shape);
        Assert.Equal(64, shown.GetProperty("entropyFingerprint").GetString()!.Length);
    }

    [Fact]
    public void TorchIsNeverLoaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Watches the loader of Linux.");
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "voice.wav", Short);
        var watch = new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = folder.At("loader") };

        Command.Run(folder, input: null, watch, "encode", "voice.wav", "--speech").Expect(0);
        Command.Run(folder, input: null, watch, "decode", "voice.ncf", "-o", "back.wav").Expect(0);
        Command.Run(folder, input: null, watch, "tokens", "voice.ncf").Expect(0);

        string loaded = string.Concat(folder.Files().Where(f => f.StartsWith("loader", StringComparison.Ordinal)).Select(f => File.ReadAllText(folder.At(f))));
        Assert.Contains("libcoreclr.so", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", loaded, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "none", "encode", "voice.wav", "--codebooks", "4", "-o", "x.ncf")]
    [InlineData(2, "3 to 8", "encode", "voice.wav", "--speech", "--codebooks", "9", "-o", "x.ncf")]
    [InlineData(2, "3k", "encode", "voice.wav", "--speech", "--bitrate", "3", "-o", "x.ncf")]
    [InlineData(2, "exclude", "encode", "voice.wav", "--speech", "--bitrate", "3k", "--kbps", "3", "-o", "x.ncf")]
    [InlineData(2, "exclude", "encode", "voice.wav", "--speech", "--codebooks", "3", "-q", "3", "-o", "x.ncf")]
    [InlineData(2, "exclude", "encode", "voice.wav", "--speech", "--codec", "walloc-audio", "-o", "x.ncf")]
    [InlineData(1, "2.25 kbit/s", "encode", "voice.wav", "--speech", "--bitrate", "2k", "-o", "x.ncf")]
    [InlineData(3, "empty", "encode", "empty.wav", "--speech", "-o", "x.ncf")]
    public void WhatCannotBeIsSaid(int exitCode, string reason, params string[] arguments)
    {
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "voice.wav", Short);
        folder.Write("empty.wav", []);

        Assert.Contains(reason, Command.Run(folder, arguments).Expect(exitCode).Error, StringComparison.Ordinal);

        Assert.False(folder.Has("x.ncf"));
    }

    [Fact]
    public void MusicStaysWithItsCodecUnlessToldOtherwise()
    {
        using var folder = new TempFolder();
        folder.Write("tones.ncf", sounds.Coded);

        Assert.False(FileOf(Command.Run(folder, "info", "tones.ncf", "--json").Expect(0)).GetProperty("ncf").TryGetProperty("codebooks", out _));
        Assert.Contains(
            "--bitrate", Command.Run(folder, "encode", TestPictures.PathOf(TestPictures.Lake), "--codebooks", "3", "-o", "x.ncf").Expect(2).Error, StringComparison.Ordinal);
    }

    private static JsonElement FileOf(CliResult result) => result.Json.GetProperty("files")[0];
}
