using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Media;

namespace Codecs.Cli.Tests;

public sealed class EvalTests
{
    [Fact]
    public void AFolderOfSoundsIsMeasuredWithSoundCodecs()
    {
        using var folder = new TempFolder();
        AddSound(folder);

        CliResult result = Command.Run(folder, "eval", "sounds", "--against", "vorbis", "--codec", "none", "--seconds", "0.5", "--out", "out", "--json").Expect(0);

        JsonElement evaluation = result.Json.GetProperty("evaluation");
        Assert.Equal("codecs-eval-audio", evaluation.GetProperty("schema").GetString());
        Assert.Equal(22_050, evaluation.GetProperty("sounds")[0].GetProperty("samples").GetInt32());
        Assert.True(folder.Has("out/mel.svg") && folder.Has("out/psnr.png") && folder.Has("out/results.json") && folder.Has("out/index.html"));
        Assert.False(Directory.Exists(folder.At("out/samples")));
    }

    [Fact]
    public void SpeechIsMeasuredWithItsOwnRatesAndCanBeListenedTo()
    {
        using var folder = new TempFolder();
        AddSound(folder);

        CliResult result = Command.Run(folder, "eval", "sounds", "--speech", "--against", "opus", "--codec", "none", "--out", "out", "--json").Expect(0);

        JsonElement evaluation = result.Json.GetProperty("evaluation");
        Assert.Equal(1, evaluation.GetProperty("sounds")[0].GetProperty("channels").GetInt32());
        Assert.Equal(6, evaluation.GetProperty("codecs")[0].GetProperty("points")[0].GetProperty("setting").GetInt32());
        Assert.True(folder.Has("out/stoi.svg") && folder.Has("out/visqol.png") && folder.Has("out/mel.svg"));
        Waveform sample = AudioFile.Read(folder.At("out/samples/01-tone-opus-6.flac")).Waveform;
        Assert.Equal((44_100, 44_100L), (sample.SampleRate, sample.SampleCount));
        Assert.Contains("src=\"samples/01-tone-opus-6.flac\"", File.ReadAllText(folder.At("out/index.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "language-codec", "codebooks", new double[] { 3, 4, 5, 6, 8 })]
    [InlineData("--qualities 1,100", "language-codec", "quality", new double[] { 1, 100 })]
    [InlineData("--codec walloc-audio --qualities 20,60", "walloc-audio", "quality", new double[] { 20, 60 })]
    public void SpeechHasAModelOfItsOwn(string options, string codec, string settingName, double[] settings)
    {
        using var folder = new TempFolder();
        AddSound(folder);

        string[] line = ["eval", "sounds", "--speech", "--against", "none", "--samples", "0", "--out", "out", "--json"];
        CliResult result = Command.Run(folder, [.. line, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Expect(0);

        JsonElement measured = result.Json.GetProperty("evaluation").GetProperty("codecs")[0];
        JsonElement[] points = [.. measured.GetProperty("points").EnumerateArray()];
        Assert.Equal((codec, settingName), (measured.GetProperty("name").GetString(), measured.GetProperty("settingName").GetString()));
        Assert.Equal(settings, points.Select(p => p.GetProperty("setting").GetDouble()));
        double[] rates = [.. points.Select(p => p.GetProperty("kbitPerSecond").GetDouble())];
        Assert.Equal(rates.Order(), rates);
    }

    [Fact]
    public void WithoutTheModelForSpeechTheOneForSoundIsTried()
    {
        using var folder = new TempFolder();
        AddSound(folder);

        var environment = new Dictionary<string, string> { ["CODECS_ZOO"] = folder.At("sounds") };
        CliResult result = Command.Run(folder, input: null, environment, "eval", "sounds", "--speech", "--against", "none").Expect(5);

        Assert.Contains("language-codec is not installed", result.Error, StringComparison.Ordinal);
        Assert.Contains("no model 'walloc-audio'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFitTheKindIsRefusedWithAHint()
    {
        using var folder = new TempFolder();
        AddSound(folder);
        folder.Write("sounds/cover.png", "no picture, but its name says so"u8);

        Assert.Contains("--kind audio", Command.Run(folder, "eval", "sounds").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("opus, mp3, aac", Command.Run(folder, "eval", "sounds", "--kind", "audio", "--against", "jpeg").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("nothing to measure", Command.Run(folder, "eval", "sounds", "--kind", "audio", "--against", "none", "--codec", "none").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("speex-wide", Command.Run(folder, "eval", "sounds", "--kind", "audio", "--speech", "--against", "jpeg").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--equal-bytes", Command.Run(folder, "eval", "sounds", "--kind", "picture", "--samples", "1").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("are for pictures", Command.Run(folder, "eval", "sounds", "--kind", "audio", "--equal-bytes").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("needs both", Command.Run(folder, "eval", "sounds", "--kind", "picture", "--equal-bytes", "--codec", "none").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("pictures", Command.Run(folder, "eval", "sounds", "--kind", "picture", "--speech").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--effort is for videos", Command.Run(folder, "eval", "sounds", "--kind", "audio", "--effort", "9").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AVideoIsMeasuredAndShown()
    {
        using var folder = new TempFolder();
        AddVideo(folder);

        CliResult result = Command.Run(
            folder, "eval", "clip.y4m", "--against", "x264:ultrafast", "--codec", "none", "--size", "64x32", "--frames", "3", "--out", "out", "--json").Expect(0);

        JsonElement evaluation = result.Json.GetProperty("evaluation");
        Assert.Equal("codecs-eval-video", evaluation.GetProperty("schema").GetString());
        JsonElement clip = evaluation.GetProperty("clips")[0];
        Assert.Equal((64, 32, 3), (clip.GetProperty("width").GetInt32(), clip.GetProperty("height").GetInt32(), clip.GetProperty("frames").GetInt32()));
        JsonElement[] points = [.. evaluation.GetProperty("codecs")[0].GetProperty("points").EnumerateArray()];
        Assert.Equal([45, 40, 36, 32, 28, 24, 20, 16], points.Select(p => p.GetProperty("setting").GetDouble()));
        Assert.True(points[^1].GetProperty("psnrYuvDb").GetDouble() > points[0].GetProperty("psnrYuvDb").GetDouble());
        Assert.True(folder.Has("out/psnr-yuv.svg") && folder.Has("out/psnr-rgb.png") && folder.Has("out/ms-ssim.svg") && folder.Has("out/results.json"));
        Assert.True(folder.Has("out/samples/01-clip-original.mp4") && folder.Has("out/samples/01-clip-x264_ultrafast-16.mp4"));
        Assert.Contains("src=\"samples/01-clip-x264_ultrafast-45.mp4\"", File.ReadAllText(folder.At("out/index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatVideosCannotBeAskedIsRefused()
    {
        using var folder = new TempFolder();
        AddVideo(folder);

        Assert.Contains("x264:veryslow", Command.Run(folder, "eval", "clip.y4m", "--against", "x264:6").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--size takes", Command.Run(folder, "eval", "clip.y4m", "--size", "64x31").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("exclude each other", Command.Run(folder, "eval", "clip.y4m", "--preset", "nirvana", "--codec", "none").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("these are videos", Command.Run(folder, "eval", "clip.y4m", "--equal-bytes").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("these are videos", Command.Run(folder, "eval", "clip.y4m", "--seconds", "1").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesAreComparedAtEqualBytesAndShown()
    {
        using var folder = new TempFolder();
        AddPicture(folder);
        CliResult result = Command.Run(
            folder, "eval", "pictures", "--codec", "walloc-image", "--qualities", "1", "--against", "jpeg,webp", "--equal-bytes", "--samples", "1", "--out", "out", "--json").Expect(0);

        JsonElement point = result.Json.GetProperty("evaluation").GetProperty("equalBytes")[0];
        Assert.Equal(
            ["walloc-image", "jpeg", "jpeg (reduced)", "webp", "webp (reduced)"],
            point.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        Assert.True(folder.Has("out/samples/01-waves-original.png") && folder.Has("out/samples/01-waves-walloc-image-1.png") && folder.Has("out/haarpsi.svg"));
        Assert.Contains("samples/01-waves-walloc-image-1.png", File.ReadAllText(folder.At("out/index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralModelsAreMeasuredAndSomeAreFittedToThePicture()
    {
        using var folder = new TempFolder();
        AddPicture(folder);

        CliResult result = Command.Run(
            folder, "eval", "pictures", "--codec", "walloc-image,nirvana", "--qualities", "20,60", "--effort", "3", "--against", "none", "--out", "out", "--json").Expect(0);

        JsonElement[] codecs = [.. result.Json.GetProperty("evaluation").GetProperty("codecs").EnumerateArray()];
        Assert.Equal(["walloc-image", "nirvana"], codecs.Select(c => c.GetProperty("name").GetString()));
        Assert.StartsWith("effort 3", codecs[1].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.All(codecs, c =>
        {
            double[] psnr = [.. c.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("psnrDb").GetDouble())];
            Assert.True(psnr[0] > 20 && psnr[1] > psnr[0]);
        });
        Assert.Contains("fitted to the picture", Command.Run(folder, "eval", "pictures", "--codec", "walloc-image", "--effort", "3").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("one model", Command.Run(folder, "eval", "pictures", "--codec", "walloc-image,nirvana", "--equal-bytes").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--keyint is for videos", Command.Run(folder, "eval", "pictures", "--keyint", "3").Expect(2).Error, StringComparison.Ordinal);
    }

    private static void AddPicture(TempFolder folder)
    {
        var image = new Image(96, 64, ImageLayout.Rgb);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels.Span[i] = (byte)(128 + (100 * Math.Sin(i / 3 % 96 * 0.1) * Math.Cos(i / 288 * 0.07)));
        }

        Directory.CreateDirectory(folder.At("pictures"));
        ImageFile.Write(image, folder.At("pictures/waves.png"));
    }

    private static void AddSound(TempFolder folder)
    {
        var sound = new Waveform(44_100, 2, 44_100);
        for (int i = 0; i < 44_100; i++)
        {
            sound.Channel(0)[i] = sound.Channel(1)[i] = 0.5f * MathF.Sin(0.06f * i);
        }

        Directory.CreateDirectory(folder.At("sounds"));
        AudioFile.Write(folder.At("sounds/tone.wav"), sound);
    }

    private static void AddVideo(TempFolder folder)
    {
        var format = new VideoFormat(128, 64, ChromaFormat.Yuv420);
        using VideoWriter writer = VideoWriter.Create(folder.At("clip.y4m"), format, new FrameClock(25, 1));
        for (int f = 0; f < 5; f++)
        {
            byte[] samples = new byte[format.FrameBytes];
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (byte)(128 + (60 * Math.Sin((i % 128 * 0.2) + f) * Math.Cos(i / 128 * 0.13)));
            }

            writer.Write(new VideoFrame(format, samples, f));
        }

        writer.Complete();
    }
}
