using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Images;
using Codecs.Metrics;
using Codecs.Models;
using Codecs.Models.Vqgan;
using Codecs.Training.Vqgan;

namespace Codecs.Training.Tests.Vqgan;

/// <summary>The whole road of the recipe on one picture.</summary>
public sealed class VqxRecipeTests
{
    private static string Picture => Path.Combine(AppContext.BaseDirectory, "Data", "Images", "spices.png");

    [Fact]
    public void AFewStepsTrainResumeExportAndCompressPictures()
    {
        using var folder = new TempFolder();
        File.Copy(Picture, Path.Combine(folder.Data, "photo.png"));
        TrainingOptions options = folder.Options with { ContextMaps = 2 };
        var log = new List<string>();
        SafetensorsFile first = Run(options with { DecayShare = 1e-6 }, log);
        Assert.StartsWith("photo cache: ", log[0], StringComparison.Ordinal);

        // The encoder stands still from the moment when the rate begins to fall; so does the codebook, however often training is resumed.
        SafetensorsFile frozen = Run(options with { Minutes = Minutes(first) + 0.05, DecayShare = 1, Resume = true }, log);
        Assert.Contains("the encoder stays as it is from here on", log);
        Assert.Equal(first["ema.encoder.klt.weight"].ToFloats(), frozen["encoder.klt.weight"].ToFloats());
        Assert.NotEqual(first["nodes"].ToFloats(), frozen["nodes"].ToFloats());
        log.Clear();
        SafetensorsFile resumed = Run(options with { Minutes = Minutes(frozen) + 0.05, DecayShare = 1, Resume = true }, log);
        Assert.DoesNotContain("the encoder stays as it is from here on", log);
        Assert.Equal(frozen["nodes"].ToFloats(), resumed["nodes"].ToFloats());
        Assert.Equal(frozen["encoder.klt.weight"].ToFloats(), resumed["encoder.klt.weight"].ToFloats());
        Assert.NotEqual(frozen["decoder.klt.weight"].ToFloats(), resumed["decoder.klt.weight"].ToFloats());

        VqxRelease.Export(options, folder.At("zoo"), log.Add);
        AssertCompresses(Path.Combine(folder.At("zoo"), ModelZoo.WeightFile));
        Assert.Contains($"\"name\": \"{VqxRecipe.Model}\"", File.ReadAllText(Path.Combine(folder.At("zoo"), ModelZoo.CardFile)), StringComparison.Ordinal);
    }

    // The KLT start alone is a codec already, and its first principal component is the mean colour of a site.
    private static void AssertCompresses(string weights)
    {
        Image image = ImageFile.Read(Picture).Image;
        using var codec = ImageCodec.Open(weights);
        Assert.InRange(codec.MaxRate, 1, VqxShape.Depth * 9);
        ImageEncodeResult smallest = codec.EncodeWithReport(image, new() { Quality = 1 }), best = codec.EncodeWithReport(image, new() { Quality = 100 });
        Image back = codec.Decode(best.File);
        Assert.InRange(Psnr.Compute(image.Pixels.Span, back.Pixels.Span), 15, 40);
        Assert.True(smallest.File.Length < best.File.Length, $"{smallest.File.Length} and {best.File.Length} bytes");
        Assert.InRange(best.File.Length * 8.0 / (image.Width * image.Height), 0.005, 0.06);
    }

    private static SafetensorsFile Run(TrainingOptions options, List<string> log)
    {
        new VqxRecipe(options, log.Add).Run(TestContext.Current.CancellationToken);
        return SafetensorsFile.Read(TrainingLoop.CheckpointPath(options, VqxRecipe.Model));
    }

    private static double Minutes(SafetensorsFile checkpoint) => double.Parse(checkpoint.Metadata["minutes"], System.Globalization.CultureInfo.InvariantCulture);
}
