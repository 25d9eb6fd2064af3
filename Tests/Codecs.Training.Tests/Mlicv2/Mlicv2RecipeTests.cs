using Codecs.Formats.Media;
using Codecs.Images;
using Codecs.Metrics;
using Codecs.Training.Mlicv2;

namespace Codecs.Training.Tests.Mlicv2;

/// <summary>The whole road of a recipe on one picture: start, checkpoint, resume, export, and a codec that opens what was exported.</summary>
public sealed class Mlicv2RecipeTests
{
    [Fact]
    public void AFewStepsTrainResumeExportAndCompress()
    {
        string folder = Directory.CreateTempSubdirectory("codecs-training-").FullName;
        try
        {
            string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
            string picture = Path.Combine(AppContext.BaseDirectory, "Data", "Images", "spices.png");
            File.Copy(picture, Path.Combine(data, "photo.png"));
            File.WriteAllText(Path.Combine(data, "notes.txt"), "not a picture");
            var log = new List<string>();
            var options = new TrainingOptions { DataFolder = data, WorkFolder = Path.Combine(folder, "work"), Minutes = 0.02 };

            new Mlicv2Recipe(options, log.Add).Run(TestContext.Current.CancellationToken);
            new Mlicv2Recipe(options with { Minutes = 0.04, Resume = true }, log.Add).Run(TestContext.Current.CancellationToken);
            Mlicv2Release.Export(options, Path.Combine(folder, "zoo"), log.Add);

            Assert.Contains(log, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.Contains("notes.txt", StringComparison.Ordinal));
            Assert.Contains(log, line => line.StartsWith("resumed at step", StringComparison.Ordinal));
            Image image = ImageFile.Read(picture).Image;
            using var codec = ImageCodec.Open(Path.Combine(folder, "zoo", "model.safetensors"));
            ImageEncodeResult result = codec.EncodeWithReport(image, new() { Quality = 50 });
            Image back = codec.Decode(result.File);

            // The KLT start alone is a codec already.
            Assert.InRange(Psnr.Compute(image.Pixels.Span, back.Pixels.Span), 26, 50);
            Assert.InRange(result.PayloadBytes * 8, result.EstimatedBits * 0.99, result.EstimatedBits * 1.01);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AnEmptyFolderIsOurError()
    {
        string folder = Directory.CreateTempSubdirectory("codecs-training-").FullName;
        try
        {
            var options = new TrainingOptions { DataFolder = folder, WorkFolder = Path.Combine(folder, "work"), Minutes = 1 };
            MediaException error = Assert.Throws<MediaException>(() => new Mlicv2Recipe(options, _ => { }).Run(TestContext.Current.CancellationToken));
            Assert.Contains("get-media.sh", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
