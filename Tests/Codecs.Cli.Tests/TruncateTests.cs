using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Tests;

[Trait("needs", "ffmpeg")]
public sealed class TruncateTests(CodedSpeech speech, CodedSounds sounds, CodedSamples samples)
{
    [Fact]
    public void TheFirstPayloadsStayAsTheyAreAndTheDigestIsMadeAnew()
    {
        using var folder = new TempFolder();
        folder.Write("voice.ncf", speech.Coded);

        JsonElement report = Command.Run(folder, "truncate", "voice.ncf", "--codebooks", "4", "-o", "four.ncf", "--json").Expect(0).Json.GetProperty("files")[0];

        NcfFile before = NcfFile.Parse(speech.Coded, NcfLimits.Default), after = NcfFile.Parse(folder.Read("four.ncf"), NcfLimits.Default);
        Assert.True(after.VerifyDigest());
        Assert.Equal(2, after.Units.Count);
        Assert.Equal(before.Units.Select(u => u.Payloads.Take(2).Select(p => p.ToArray())), after.Units.Select(u => u.Payloads.Select(p => p.ToArray())));
        Assert.Equal((8, 4), (report.GetProperty("codebooksBefore").GetInt32(), report.GetProperty("codebooks").GetInt32()));
        Assert.Equal(
            (speech.Coded.Length, folder.Read("four.ncf").Length), (report.GetProperty("inputBytes").GetInt32(), report.GetProperty("outputBytes").GetInt32()));
        Assert.Equal(
            Math.Round(after.Bytes.Length * 8 / ((double)CodedSpeech.Samples / CodedSpeech.SampleRate) / 1000, 3),
            report.GetProperty("sound").GetProperty("kilobitsPerSecond").GetDouble());
        Assert.Contains($"{CodedSpeech.Samples} samples", Command.Run(folder, "verify", "four.ncf").Expect(0).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void APipedFileKeepsItsFirstIndicesAndGetsNoDigestThatItDidNotHave()
    {
        using var folder = new TempFolder();
        CodedSpeech.Write(folder, "voice.wav", 9_000);
        byte[] eight = Command.Run(folder, folder.Read("voice.wav"), "encode", "-", "-o", "-", "--speech", "--codebooks", "8").Expect(0).Output;

        byte[] three = Command.Run(folder, eight, "truncate", "-", "-o", "-", "--bitrate", "2.5k").Expect(0).Output;

        Assert.Equal(
            Command.Run(folder, eight, "tokens", "-", "-o", "-", "--codebooks", "3").Expect(0).Output,
            Command.Run(folder, three, "tokens", "-", "-o", "-").Expect(0).Output);
        Assert.Null(NcfFile.Parse(three, NcfLimits.Default).Digest);
        Command.Run(folder, three, "decode", "-", "-o", "three.wav").Expect(0);
        Assert.Equal(9_000, AudioFile.Read(folder.At("three.wav")).Waveform.SampleCount);
    }

    [Fact]
    public void AFileWithoutMoreIsCopiedAndThatIsSaid()
    {
        using var folder = new TempFolder();
        folder.Write("in/voice.ncf", speech.Coded);

        CliResult result = Command.Run(folder, "truncate", "in", "--out-dir", "out", "--codebooks", "8").Expect(0);

        Assert.Equal(speech.Coded, folder.Read("out/voice.ncf"));
        Assert.Contains("no more than asked for", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFilesAreRefusedWithWhatWouldFit()
    {
        using var folder = new TempFolder();
        folder.Write("tones.ncf", sounds.Coded);
        folder.Write("lake.ncf", samples.Lake);
        folder.Write("cut.ncf", speech.Coded.AsSpan(0, speech.Coded.Length - 100));
        folder.Write("notes.txt", "no"u8);

        string[] lines = Command.Run(folder, "truncate", "tones.ncf", "lake.ncf", "--codebooks", "3", "--out-dir", "out").Expect(3).Error.Split('\n');
        Command.Run(folder, "truncate", "cut.ncf", "--codebooks", "3", "-o", "x.ncf").Expect(3);
        Command.Run(folder, "truncate", "notes.txt", "--codebooks", "3", "-o", "x.ncf").Expect(3);

        Assert.Contains("'walloc-audio'; only speech", lines[0], StringComparison.Ordinal);
        Assert.Contains("still; only speech", lines[1], StringComparison.Ordinal);
        Assert.Equal(["cut.ncf", "lake.ncf", "notes.txt", "tones.ncf"], folder.Files());
    }

    [Fact]
    public void AWrongDigestIsNotCarriedOn()
    {
        using var folder = new TempFolder();
        byte[] changed = [.. speech.Coded];
        NcfFile file = NcfFile.Parse(changed, NcfLimits.Default);
        ChunkInfo hash = file.Chunks.First(c => c.Id == ChunkId.Hash);
        changed[hash.PayloadOffset + 5] ^= 1;
        Span<byte> chunk = changed.AsSpan((int)hash.Offset, (int)hash.TotalLength);
        BitConverter.TryWriteBytes(chunk[^4..], Checksum(chunk[..^4]));
        folder.Write("changed.ncf", changed);

        Assert.Contains("digest", Command.Run(folder, "truncate", "changed.ncf", "--codebooks", "3", "-o", "x.ncf").Expect(3).Error, StringComparison.Ordinal);

        Assert.Equal(["changed.ncf"], folder.Files());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "--codebooks", "3", "--bitrate", "3k")]
    [InlineData(2, "--codebooks", "0")]
    [InlineData(2, "--codebooks", "2")]
    [InlineData(2, "--bitrate", "x")]
    [InlineData(1, "--bitrate", "1k")]
    public void TargetsAreChecked(int exitCode, params string[] options)
    {
        using var folder = new TempFolder();
        folder.Write("voice.ncf", speech.Coded);

        Command.Run(folder, ["truncate", "voice.ncf", "-o", "x.ncf", .. options]).Expect(exitCode);

        Assert.Equal(["voice.ncf"], folder.Files());
    }

    // CRC-32C, bit by bit, as docs/bitstream.md gives it.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78u);
            }
        }

        return ~crc;
    }
}
