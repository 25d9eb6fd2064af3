using System.Text;
using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;

namespace Codecs.Cli.Tests;

[Trait("needs", "ffmpeg")]
public sealed class TokensTests(CodedSpeech speech, CodedSounds sounds)
{
    [Fact]
    public void TheTokensOfASoundAreThoseOfItsFile()
    {
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "voice.wav");
        folder.Write("voice.ncf", speech.Coded);

        JsonElement report = Command.Run(folder, "tokens", "voice.ncf", "--json").Expect(0).Json.GetProperty("files")[0];
        Command.Run(folder, "tokens", "voice.wav", "-o", "sound.npy").Expect(0);

        NpyFile array = NpyFile.Read(folder.Read("voice.npy"));
        Assert.Equal(ElementType.I16, array.Type);
        Assert.Equal([CodedSpeech.Frames, 8], array.Shape);
        Assert.All(array.ToInt16s(), v => Assert.InRange(v, 0, 1023));
        Assert.Equal(folder.Read("voice.npy"), folder.Read("sound.npy"));
        Assert.Equal(
            (CodedSpeech.Frames, 8, "npy", "language-codec"),
            (report.GetProperty("frames").GetInt32(), report.GetProperty("codebooks").GetInt32(), report.GetProperty("format").GetString(), report.GetProperty("model").GetString()));
    }

    [Fact]
    public void JsonBringsBackTheFileAndTheSound()
    {
        using var folder = new TempFolder();
        folder.Write("voice.ncf", speech.Coded);

        Command.Run(folder, "tokens", "voice.ncf", "-o", "codes.json").Expect(0);
        Command.Run(folder, "tokens", "codes.json").Expect(0);
        Command.Run(folder, "tokens", "codes.json", "-o", "codes.wav").Expect(0);
        Command.Run(folder, "decode", "voice.ncf", "-o", "voice.wav").Expect(0);

        NcfFile before = NcfFile.Parse(speech.Coded, NcfLimits.Default), after = NcfFile.Parse(folder.Read("codes.ncf"), NcfLimits.Default);
        Assert.Equal(before.Units.SelectMany(u => u.Payloads.Select(p => p.ToArray())), after.Units.SelectMany(u => u.Payloads.Select(p => p.ToArray())));
        Assert.Equal(((AudioTrack)before.Tracks[0]).Gain, ((AudioTrack)after.Tracks[0]).Gain);
        Waveform wanted = AudioFile.Read(folder.At("voice.wav")).Waveform, back = AudioFile.Read(folder.At("codes.wav")).Waveform;
        Assert.Equal((CodedSpeech.SampleRate, (long)CodedSpeech.Samples), (back.SampleRate, back.SampleCount));
        Assert.Equal(wanted.Channel(0), back.Channel(0));
    }

    [Fact]
    public void AnArrayOfALanguageModelBecomesSound()
    {
        using var folder = new TempFolder();
        const int frames = 30;
        folder.Write("codes.npy", NpyFile.ToArray<short>([frames, 3], [.. Enumerable.Range(0, frames * 3).Select(i => (short)(i * 37 % 1024))]));

        Command.Run(folder, "tokens", "codes.npy", "-o", "codes.flac").Expect(0);
        byte[] coded = Command.Run(folder, folder.Read("codes.npy"), "tokens", "-", "-o", "-").Expect(0).Output;
        byte[] again = Command.Run(folder, coded, "tokens", "-", "-o", "-").Expect(0).Output;

        AudioReadResult sound = AudioFile.Read(folder.At("codes.flac"));
        Assert.Equal((24_000, 1, frames * 320L), (sound.Waveform.SampleRate, sound.Waveform.ChannelCount, sound.Waveform.SampleCount));
        Assert.Equal(NcfProfile.Full, NcfFile.Detect(coded));
        Assert.Equal(folder.Read("codes.npy"), again);
    }

    [Fact]
    public void FoldersGoBothWaysAndKeepTheirTree()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("in/a"));
        CodedSpeech.Write(folder, "in/a/one.wav", 5_000);
        folder.Write("in/b/two.ncf", speech.Coded);
        folder.Write("in/notes.txt", [1]);

        Command.Run(folder, "tokens", "in", "--out-dir", "tokens", "--format", "json", "--codebooks", "4").Expect(0);
        CliResult back = Command.Run(folder, "tokens", "tokens", "--out-dir", "back", "--format", "ncf").Expect(0);
        CliResult exists = Command.Run(folder, "tokens", "tokens", "--out-dir", "back", "--format", "ncf").Expect(4);

        Assert.Equal(["back/a/one.ncf", "back/b/two.ncf"], folder.Files().Where(f => f.StartsWith("back", StringComparison.Ordinal)));
        Assert.Contains("2 files: 2 done", back.Error, StringComparison.Ordinal);
        Assert.Contains("--force", exists.Error, StringComparison.Ordinal);
        Assert.Equal(2, NcfFile.Parse(folder.Read("back/b/two.ncf"), NcfLimits.Default).Units[0].Payloads.Count);
    }

    [Fact]
    public void TokensOfOtherWeightsAreRefused()
    {
        using var folder = new TempFolder();
        folder.Write("voice.ncf", speech.Coded);
        string json = Command.Run(folder, "tokens", "voice.ncf", "--format", "json", "-o", "-").Expect(0).Text;
        string fingerprint = JsonDocument.Parse(json).RootElement.GetProperty("fingerprint").GetString()!;
        folder.Write("other.json", Encoding.UTF8.GetBytes(json.Replace(fingerprint, new string('0', fingerprint.Length), StringComparison.Ordinal)));

        Assert.Contains("other sounds", Command.Run(folder, "tokens", "other.json").Expect(5).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "index 1024 of codebook 0 in frame 1", "wrong.npy", "-o", "x.wav")]
    [InlineData(3, "outside 0..1023", "wrong.json", "-o", "x.ncf")]
    [InlineData(3, "[3, 1]", "shape.npy", "-o", "x.ncf")]
    [InlineData(3, "'walloc-audio'", "tones.ncf", "-o", "x.npy")]
    [InlineData(3, "picture", "lake.png", "-o", "x.npy")]
    [InlineData(3, "empty", "empty.wav", "-o", "x.npy")]
    [InlineData(2, "encode", "voice.wav", "-o", "x.ncf")]
    [InlineData(2, "decode", "tones.ncf", "-o", "x.wav")]
    [InlineData(2, "3 to 8", "voice.wav", "--codebooks", "2", "-o", "x.npy")]
    [InlineData(2, "no codebooks", "voice.wav", "--codec", "walloc-audio", "-o", "x.npy")]
    [InlineData(2, "--format", "voice.wav", "-o", "x.txt")]
    [InlineData(2, "--format", "voice.wav", "--format", "png")]
    public void WhatCannotBeIsSaid(int exitCode, string reason, params string[] arguments)
    {
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "voice.wav", 4_000);
        folder.Write("tones.ncf", sounds.Coded);
        folder.Write("lake.png", TestPictures.Bytes(TestPictures.Lake));
        folder.Write("empty.wav", []);
        folder.Write("wrong.npy", NpyFile.ToArray<short>([2, 3], [0, 0, 0, 1024, 0, 0]));
        folder.Write("shape.npy", NpyFile.ToArray<short>([3, 1], [0, 0, 0]));
        folder.Write("wrong.json", """{"sampleRate":24000,"samples":1,"peak":1,"framesPerSecond":75,"codebookSize":1024,"codebooks":3,"tokens":[[0,0,-1]]}"""u8);

        Assert.Contains(reason, Command.Run(folder, ["tokens", .. arguments]).Expect(exitCode).Error, StringComparison.Ordinal);

        Assert.DoesNotContain(folder.Files(), f => f.StartsWith('x'));
    }

    [Fact]
    public void HelpDescribesTheLayout()
    {
        using var folder = new TempFolder();

        string help = Command.Run(folder, "tokens", "--help").Expect(0).Text;

        Assert.Contains("int16 [frames, codebooks]", help, StringComparison.Ordinal);
        Assert.Contains("\"codebookSize\": 1024", help, StringComparison.Ordinal);
    }
}
