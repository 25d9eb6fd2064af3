using Codecs.Audio;
using Codecs.Formats.Media;
using Codecs.Images;
using Codecs.Metrics;
using Codecs.Models;

namespace Codecs.Training.Tests;

/// <summary>The whole road of a recipe on one picture or track: start, checkpoint, resume, export, and a codec that opens what was exported.</summary>
public sealed class RecipeTests
{
    public static TheoryData<string> Names => [.. Recipe.All.Select(r => r.Name)];

    private static string Picture => Path.Combine(AppContext.BaseDirectory, "Data", "Images", "spices.png");

    // The KLT start alone is a codec already.
    [Theory]
    [InlineData("mlicv2")]
    [InlineData("walloc-image")]
    public void AFewStepsTrainResumeExportAndCompressPictures(string name)
    {
        using var folder = new TempFolder();
        File.Copy(Picture, Path.Combine(folder.Data, "photo.png"));
        File.WriteAllText(Path.Combine(folder.Data, "notes.txt"), "not a picture");

        List<string> log = TrainResumeExport(name, folder);

        Assert.Contains(log, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.Contains("notes.txt", StringComparison.Ordinal));
        Image image = ImageFile.Read(Picture).Image;
        using var codec = ImageCodec.Open(Path.Combine(folder.At("zoo"), ModelZoo.WeightFile));
        ImageEncodeResult result = codec.EncodeWithReport(image, new() { Quality = 50 });
        Image back = codec.Decode(result.File);
        Assert.InRange(Psnr.Compute(image.Pixels.Span, back.Pixels.Span), 26, 50);
        Assert.InRange(result.PayloadBytes * 8.0 / (image.Width * image.Height), 0.1, 3);
        Assert.InRange(result.PayloadBytes * 8, result.EstimatedBits * 0.99, result.EstimatedBits * 1.01);
    }

    [Fact]
    public void AFewStepsTrainResumeExportAndCompressSound()
    {
        using var folder = new TempFolder();
        Waveform sound = Sounds.Chords(44100, 2, 16);
        AudioFile.Write(Path.Combine(folder.Data, "track.wav"), sound);
        File.WriteAllText(Path.Combine(folder.Data, "notes.ogg"), "not a track");

        List<string> log = TrainResumeExport("walloc-audio", folder);

        Assert.Contains(log, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.Contains("notes.ogg", StringComparison.Ordinal));
        using var codec = AudioCodec.Open(Path.Combine(folder.At("zoo"), ModelZoo.WeightFile));
        byte[] file = codec.Encode(sound, new() { Quality = 80 });
        Waveform back = codec.Decode(file, new() { Noise = 0 });
        Assert.InRange(file.Length * 8.0 / sound.Duration.TotalSeconds, 2_000, 200_000);
        for (int c = 0; c < 2; c++)
        {
            Assert.InRange(Sounds.SnrDb(sound.Channel(c), back.Channel(c)), 12, 80);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnEmptyFolderIsOurErrorAndLeavesNothing(string name)
    {
        using var folder = new TempFolder();

        MediaException error = Assert.Throws<MediaException>(() => Find(name).Run(folder.Options, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("get-media.sh", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{folder.Data}'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Options.WorkFolder));
    }

    private static List<string> TrainResumeExport(string name, TempFolder folder)
    {
        var log = new List<string>();
        Recipe recipe = Find(name);
        recipe.Run(folder.Options, log.Add, TestContext.Current.CancellationToken);
        recipe.Run(folder.Options with { Minutes = 0.02, Resume = true }, log.Add, TestContext.Current.CancellationToken);
        recipe.Export(folder.Options, folder.At("zoo"), log.Add);
        Assert.Contains(log, line => line.StartsWith("resumed at step", StringComparison.Ordinal));
        Assert.Contains($"\"name\": \"{name}\"", File.ReadAllText(Path.Combine(folder.At("zoo"), ModelZoo.CardFile)), StringComparison.Ordinal);
        return log;
    }

    private static Recipe Find(string name) => Recipe.All.Single(r => r.Name == name);
}
