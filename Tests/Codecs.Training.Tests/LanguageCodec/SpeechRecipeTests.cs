using System.Globalization;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Training.LanguageCodec;

namespace Codecs.Training.Tests.LanguageCodec;

/// <summary>A step or two of each part of the training.</summary>
public sealed class SpeechRecipeTests
{
    private const int LaterStep = 500; // behind the part without codes
    private const double TotalMinutes = 1000;

    [Fact]
    public void ATrainingStartsResumesLearnsCodesAndSettles()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("data/voice.wav"), Sounds.Chords(8000, 1, 430)); // long enough that a piece is kept aside
        File.WriteAllText(folder.At("data/notes.ogg"), "not a sound");
        var log = new List<string>();

        SafetensorsFile first = Run(folder, log, minutes: 0.001);
        Assert.InRange(Number(first, "steps"), 1, 20);
        Assert.Contains(log, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.Contains("notes.ogg", StringComparison.Ordinal));

        // Once codes are in use everything learns.
        SafetensorsFile coded = Continue(folder, log, first, part: 0.2);
        Assert.Contains($"resumed at step {LaterStep}, ", log[^2], StringComparison.Ordinal);
        Assert.StartsWith("held-out mel / STOI / SI-SDR:  3: ", log[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", log[^1], StringComparison.Ordinal);
        AssertChanged(first, coded, "encoder.input.weight", "decoder.head.weight", "codebooks.embed", "codebooks.count", "codebooks.sum");

        // Then the encoder stands at its averages while the codebooks still follow,
        SafetensorsFile frozen = Continue(folder, log, coded, part: 0.83);
        AssertChanged(coded, frozen, "decoder.head.weight", "codebooks.embed");
        Assert.Equal(coded["ema.encoder.input.weight"].ToFloats(), frozen["encoder.input.weight"].ToFloats());

        // and at last the decoder alone learns.
        SafetensorsFile settled = Continue(folder, log, frozen, part: 0.9);
        AssertChanged(frozen, settled, "decoder.head.weight", "decoder.blocks.3.pw1.weight");
        foreach (string name in (string[])["encoder.input.weight", "encoder.blocks.5.gamma", "codebooks.embed", "codebooks.count", "codebooks.sum"])
        {
            Assert.Equal(frozen[name].ToFloats(), settled[name].ToFloats());
        }
    }

    // Pretends that most of a long training has passed.
    private static SafetensorsFile Continue(TempFolder folder, List<string> log, SafetensorsFile before, double part)
    {
        Dictionary<string, string> numbers = before.Metadata.ToDictionary(m => m.Key, m => m.Value);
        numbers["steps"] = LaterStep.ToString(CultureInfo.InvariantCulture);
        numbers["minutes"] = (TotalMinutes * part).ToString("R", CultureInfo.InvariantCulture);
        SafetensorsWriter.Write(TrainingLoop.CheckpointPath(folder.Options, SpeechRecipe.Model), before.Tensors, numbers);
        return Run(folder, log, TotalMinutes);
    }

    private static SafetensorsFile Run(TempFolder folder, List<string> log, double minutes)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        TrainingOptions options = folder.Options with { Minutes = minutes, Resume = true };
        new SpeechRecipe(options, line =>
        {
            log.Add(line);
            if (line.StartsWith("resumed", StringComparison.Ordinal))
            {
                stop.CancelAfter(1500); // the step that has begun is still done
            }
        }).Run(stop.Token);
        return SafetensorsFile.Read(TrainingLoop.CheckpointPath(options, SpeechRecipe.Model));
    }

    private static double Number(SafetensorsFile file, string name) => double.Parse(file.Metadata[name], CultureInfo.InvariantCulture);

    private static void AssertChanged(SafetensorsFile before, SafetensorsFile after, params string[] names) =>
        Assert.All(names, name => Assert.NotEqual(before[name].ToFloats(), after[name].ToFloats()));
}
