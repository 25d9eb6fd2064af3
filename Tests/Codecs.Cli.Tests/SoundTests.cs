using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;

namespace Codecs.Cli.Tests;

[Trait("needs", "ffmpeg")]
public sealed class SoundTests(CodedSounds sounds)
{
    [Fact]
    public void AWavFileComesBackWithItsTagsAndEverySample()
    {
        using var folder = new TempFolder();
        CodedSounds.Write(folder, "tones.wav");

        JsonElement encoded = FileOf(Command.Run(folder, "encode", "tones.wav", "--json").Expect(0));
        File.Delete(folder.At("tones.wav"));
        JsonElement decoded = FileOf(Command.Run(folder, "decode", "tones.ncf", "--json").Expect(0));

        AudioReadResult back = AudioFile.Read(folder.At("tones.wav"));
        Assert.Equal((CodedSounds.SampleRate, 2, (long)CodedSounds.Samples), (back.Waveform.SampleRate, back.Waveform.ChannelCount, back.Waveform.SampleCount));
        Assert.Equal(CodedSounds.Samples, back.Info.SampleCount);
        Assert.Equal(CodedSounds.Title, back.Metadata.Tags["title"]);
        Assert.InRange(encoded.GetProperty("outputBytes").GetInt64(), 1_000, CodedSounds.Samples);
        Assert.Equal(CodedSounds.Samples, encoded.GetProperty("sound").GetProperty("samples").GetInt64());
        Assert.Equal(("tones.wav", "walloc-audio"), (decoded.GetProperty("output").GetString(), decoded.GetProperty("model").GetString()));
    }

    [Fact]
    public void TheBitrateIsAnUpperBound()
    {
        using var folder = new TempFolder();
        CodedSounds.Write(folder, "tones.flac");

        JsonElement report = FileOf(Command.Run(folder, "encode", "tones.flac", "--kbps", "40", "--json").Expect(0));

        const int headersAndIndexBytes = 400;
        double seconds = (double)CodedSounds.Samples / CodedSounds.SampleRate;
        Assert.InRange(report.GetProperty("outputBytes").GetInt64(), 0.7 * 5_000 * seconds, (5_000 * seconds) + headersAndIndexBytes);
    }

    [Fact]
    public void PipesCarrySoundBothWays()
    {
        using var folder = new TempFolder();
        CodedSounds.Write(folder, "tones.flac");

        byte[] coded = Command.Run(folder, folder.Read("tones.flac"), "encode", "-", "-o", "-").Expect(0).Output;
        byte[] flac = Command.Run(folder, coded, "decode", "-", "-o", "-", "--format", "flac").Expect(0).Output;

        AudioReadResult back = AudioFile.Read(new MemoryStream(flac));
        Assert.Equal("flac", back.Info.Codec);
        Assert.Equal(CodedSounds.Samples, back.Waveform.SampleCount);
        Assert.Equal(CodedSounds.Title, back.Metadata.Tags["title"]);
    }

    [Fact]
    public void ACutFilePlaysUpToTheCut()
    {
        using var folder = new TempFolder();
        folder.Write("cut.ncf", sounds.Coded.AsSpan(0, sounds.Coded.Length - 500));

        CliResult result = Command.Run(folder, "decode", "cut.ncf", "--json").Expect(3);

        JsonElement report = FileOf(result);
        AudioReadResult back = AudioFile.Read(folder.At("cut.wav"));
        Assert.Equal("done", report.GetProperty("status").GetString());
        Assert.NotEmpty(report.GetProperty("warnings").EnumerateArray());
        Assert.InRange(back.Waveform.SampleCount, CodedSounds.Samples / 2, CodedSounds.Samples - 1);
        Assert.Equal(back.Info.SampleCount, back.Waveform.SampleCount);
        Command.Run(folder, "verify", "cut.ncf").Expect(6);
    }

    [Fact]
    public void InfoAndVerifyTellAboutSound()
    {
        using var folder = new TempFolder();
        folder.Write("tones.ncf", sounds.Coded);

        JsonElement info = FileOf(Command.Run(folder, "info", "tones.ncf", "--json").Expect(0)), sound = info.GetProperty("sound");

        Assert.Equal("audio", info.GetProperty("ncf").GetProperty("kind").GetString());
        Assert.Equal("walloc-audio", info.GetProperty("ncf").GetProperty("model").GetProperty("installedAs").GetString());
        Assert.Equal(
            (CodedSounds.SampleRate, 2, CodedSounds.Samples),
            (sound.GetProperty("sampleRate").GetInt32(), sound.GetProperty("channels").GetInt32(), sound.GetProperty("samples").GetInt32()));
        Assert.InRange(sound.GetProperty("kilobitsPerSecond").GetDouble(), 5, 200);
        Assert.Contains($"{CodedSounds.Samples} samples", Command.Run(folder, "verify", "tones.ncf").Expect(0).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelsShowKnowsSoundModels()
    {
        using var folder = new TempFolder();

        JsonElement shown = Command.Run(folder, "models", "show", "walloc-audio", "--json").Expect(0).Json.GetProperty("models").GetProperty("installed")[0];

        Assert.Equal((64, 64), (shown.GetProperty("entropyFingerprint").GetString()!.Length, shown.GetProperty("synthesisFingerprint").GetString()!.Length));
    }

    [Fact]
    public void LatentsOfAFileAndOfItsSoundDifferByTheRounding()
    {
        using var folder = new TempFolder();
        folder.Write("tones.ncf", sounds.Coded);
        CodedSounds.Write(folder, "tones.flac");

        Command.Run(folder, "latents", "tones.ncf").Expect(0);
        Command.Run(folder, "latents", "tones.flac", "--codec", "walloc-audio", "-q", "60", "-o", "tones.npy").Expect(0);

        SafetensorsFile file = SafetensorsFile.Read(folder.At("tones.safetensors"));
        SafetensorsTensor latent = Assert.Single(file.Tensors);
        float[] rounded = latent.ToFloats();
        NpyFile exact = NpyFile.Read(folder.Read("tones.npy"));
        Assert.Equal(
            [("channels", "96"), ("model", "walloc-audio"), ("pairs", "1"), ("rounded", "true"), ("sample_rate", "44100")],
            file.Metadata.Where(m => m.Key != "rate").Select(m => (m.Key, m.Value)).Order());
        Assert.Equal(latent.Shape, exact.Shape);
        Assert.Equal([1, (2 * CodedSounds.Samples / 256) + 1, 96], latent.Shape);
        Assert.All(rounded, v => Assert.True(float.IsInteger(v), $"{v} is not rounded"));
        Assert.Contains(exact.ToFloats(), v => !float.IsInteger(v));

        // A latent that the context model is sure of may be corrected; nearly all are the nearest integer.
        double far = exact.ToFloats().Zip(rounded, (e, r) => Math.Abs(e - r)).Count(d => d > 0.51) / (double)rounded.Length;
        Assert.True(far < 0.05, $"{far:P1} of the latents are more than half a step away");
    }

    [Fact]
    public void WhatDoesNotFitTheMediumIsAUsageError()
    {
        using var folder = new TempFolder();
        folder.Write("tones.ncf", sounds.Coded);
        CodedSounds.Write(folder, "tones.wav");

        Assert.Contains("no sound format", Command.Run(folder, "decode", "tones.ncf", "-o", "tones.png").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--kbps", Command.Run(folder, "encode", "tones.wav", "--bpp", "1", "-o", "x.ncf").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--bpp", Command.Run(folder, "encode", TestPictures.PathOf(TestPictures.Lake), "--kbps", "9", "-o", "x.ncf").Expect(2).Error, StringComparison.Ordinal);
        Command.Run(folder, "encode", "tones.wav", "--codec", "mlicv2", "-o", "x.ncf").Expect(5);
        Assert.Equal(["tones.ncf", "tones.wav"], folder.Files());
    }

    private static JsonElement FileOf(CliResult result) => result.Json.GetProperty("files")[0];
}
