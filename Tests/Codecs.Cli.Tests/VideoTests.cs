using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Media;

namespace Codecs.Cli.Tests;

[Trait("needs", "ffmpeg")]
public sealed partial class VideoTests(CodedClips clips)
{
    private const int Terminate = 15;

    [Fact]
    public void AClipComesBackWithItsSoundAndAllItsFrames()
    {
        using var folder = new TempFolder();
        folder.Write("clip.ncf", clips.Coded);
        JsonElement decoded = FileOf(Command.Run(folder, "decode", "clip.ncf", "-o", "back.mkv", "--json").Expect(0));
        Assert.Equal(CodedClips.Frames, decoded.GetProperty("video").GetProperty("frames").GetInt32());
        VideoInfo info = VideoReader.Identify(folder.At("back.mkv"));
        Assert.Equal((CodedClips.Width, CodedClips.Height, "flac"), (info.Format.Width, info.Format.Height, info.AudioCodec));
        Assert.Equal(CodedClips.Rate, info.FrameRate.TicksPerSecond, 3);
        Assert.Equal(8000L * CodedClips.Frames / CodedClips.Rate, AudioFile.Read(folder.At("back.mkv")).Waveform.SampleCount);

        JsonElement looked = FileOf(Command.Run(folder, "info", "clip.ncf", "--json").Expect(0)), video = looked.GetProperty("video");
        Assert.Equal((5, 5, "copied (audio/matroska)"), (video.GetProperty("groups").GetInt32(), video.GetProperty("keyGroups").GetInt32(), video.GetProperty("sound").GetString()));
        Assert.Equal(clips.Coded.Length, video.GetProperty("parts").EnumerateObject().Sum(p => p.Value.GetInt32()));
        Assert.Contains($"{CodedClips.Frames} frames", Command.Run(folder, "verify", "clip.ncf").Expect(0).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void APartIsThatPartOfTheWhole()
    {
        using var folder = new TempFolder();
        folder.Write("clip.ncf", clips.Coded);
        byte[] whole = Command.Run(folder, "decode", "clip.ncf", "-o", "-").Expect(0).Output;
        byte[] part = Command.Run(folder, "decode", "clip.ncf", "-o", "-", "--start", "0.7", "--duration", "0.2").Expect(0).Output;
        int frame = "FRAME\n".Length + (CodedClips.Width * CodedClips.Height * 3);
        Assert.True(whole.AsSpan(whole.Length - ((CodedClips.Frames - 8) * frame), 3 * frame).SequenceEqual(part.AsSpan(part.Length - (3 * frame))));
        Assert.Equal(whole.Length - ((CodedClips.Frames - 3) * frame), part.Length);
    }

    [Fact]
    public void ACutFileGivesTheGroupsBeforeTheCut()
    {
        using var folder = new TempFolder();
        folder.Write("cut.ncf", clips.Coded.AsSpan(0, clips.Coded.Length * 3 / 5));
        CliResult result = Command.Run(folder, "decode", "cut.ncf", "-o", "cut.mkv", "--json").Expect(3);
        Assert.InRange(FileOf(result).GetProperty("video").GetProperty("frames").GetInt32(), 3, CodedClips.Frames - 3);
        Assert.True(folder.Has("cut.mkv"));
    }

    [Fact]
    public void AStoppedRunLeavesAGoodFileThatIsResumed()
    {
        using var folder = new TempFolder();
        CodedClips.Write(folder, "clip.mkv");
        using (Process process = Command.Start(folder, environment: null, ["encode", "clip.mkv", .. CodedClips.Fast, "--workers", "1", "--json"]))
        {
            string? line = process.StandardError.ReadLine();
            Assert.Equal("progress", JsonDocument.Parse(line!).RootElement.GetProperty("event").GetString());
            Assert.Equal(0, Signal(process.Id, Terminate));
            process.StandardError.ReadToEnd();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(143, process.ExitCode);
        }

        Command.Run(folder, "verify", "clip.ncf").Expect(0);
        Assert.InRange(folder.Read("clip.ncf").Length, 1000, clips.Coded.Length - 100);
        Command.Run(folder, ["encode", "clip.mkv", .. CodedClips.Fast, "--resume"]).Expect(0);
        Assert.Equal(clips.Coded, folder.Read("clip.ncf"));
        Command.Run(folder, ["encode", "clip.mkv", .. CodedClips.Fast, "--resume", "-q", "20"]).Expect(3);
        Assert.Equal(clips.Coded, folder.Read("clip.ncf"));
    }

    [Fact]
    public void PicturesAreFramesAndFramesArePictures()
    {
        using var folder = new TempFolder();
        folder.Write("clip.ncf", clips.Coded);
        Command.Run(folder, "decode", "clip.ncf", "-o", "frames/", "--frames", "4").Expect(0);
        Assert.Equal(["frames/00001.png", "frames/00002.png", "frames/00003.png", "frames/00004.png"], folder.Files().Where(f => f.StartsWith("frames", StringComparison.Ordinal)));
        JsonElement encoded = FileOf(Command.Run(folder, ["encode", "frames/*.png", "--fps", "23.976", "-o", "again.ncf", .. CodedClips.Fast, "--json"]).Expect(0));
        Assert.Equal((4, 23.976), (encoded.GetProperty("video").GetProperty("frames").GetInt32(), encoded.GetProperty("video").GetProperty("framesPerSecond").GetDouble()));
    }

    [Fact]
    public void APictureIsAClipOfOneFrame()
    {
        using var folder = new TempFolder();
        byte[] pixels = [.. Enumerable.Range(0, 24 * 16 * 4).Select(i => (byte)(i * 3))];
        var photo = new Image(24, 16, ImageLayout.Rgba, pixels);
        using (FileStream file = File.Create(folder.At("photo.png")))
        {
            ImageFile.Write(photo, file, ImageFormat.Png);
        }

        Command.Run(folder, "encode", "photo.png", "--preset", "nirvana", "--effort", "1").Expect(0);
        File.Delete(folder.At("photo.png"));
        Command.Run(folder, "verify", "photo.ncf").Expect(0);
        Command.Run(folder, "decode", "photo.ncf").Expect(0);
        Image back = ImageFile.Read(folder.At("photo.png")).Image;
        Assert.Equal((photo.Width, photo.Height, photo.Layout), (back.Width, back.Height, back.Layout));
        Assert.Equal(photo.SplitAlpha().Alpha, back.SplitAlpha().Alpha);
    }

    [Theory]
    [InlineData("clip.mkv", "--preset", "nirvana", "--codec", "nirvana")]
    [InlineData("clip.mkv", "--effort", "10")]
    [InlineData("clip.mkv", "--start", "1x")]
    [InlineData("clip.mkv", "--resume", "-o", "-")]
    public void WhatMakesNoSenseIsRefused(params string[] arguments)
    {
        using var folder = new TempFolder();
        folder.Write("clip.mkv", [1]);
        Command.Run(folder, ["encode", .. arguments]).Expect(2);
    }

    private static JsonElement FileOf(CliResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("files")[0];

    /// <summary>A process of its own would come too late for a run that takes a second.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
