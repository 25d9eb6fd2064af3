using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Evaluation;
using Codecs.Formats.Media;
using Codecs.Images;
using Codecs.Models;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Cli.Commands;

/// <summary>models reduce: an imported VQGAN with fewer code vectors, for lower rates.</summary>
internal static class ModelsReduceCommand
{
    private const string Name = "models reduce", Extension = ".safetensors";

    private static readonly Argument<string> s_model = new("MODEL") { Description = "A VQGAN that 'codecs models import' made." };

    private static readonly Option<int> s_codes = CommonOptions.WithCheck(
        new Option<int>("--codes")
        {
            Description = $"Code vectors to leave, a power of two from {VqganReduction.MinCodes} on: an index then takes log2 N bits, 256 codes at stride 16 make 0.031 bits per pixel.",
            HelpName = "N",
            Required = true,
        },
        n => n >= VqganReduction.MinCodes && int.IsPow2(n), $"--codes takes a power of two from {VqganReduction.MinCodes} on.");

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Folder with pictures like those that will be coded: clusters what the encoder makes of their middle 768 x 768 pixels (default: clusters the model's own code vectors, as published).",
        HelpName = "DIR",
    };

    private static readonly Option<int?> s_limit = CommonOptions.WithCheck(
        new Option<int?>("--limit") { Description = "Only the first N pictures by name.", HelpName = "N" },
        n => n >= 1, "--limit takes a number of 1 or more.");

    private static readonly Option<int> s_seed = new("--seed") { Description = "Seed of the clusters' first choice.", DefaultValueFactory = _ => 1, HelpName = "N" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            "reduce", "Makes a VQGAN with fewer code vectors, for lower rates; its networks stay as they are.",
            "codecs models reduce vqgan.safetensors --codes 256 -o vqgan-256.safetensors",
            "codecs models reduce vqgan.safetensors --codes 64 --data photos -o vqgan-64.safetensors")
        {
            s_model, s_codes, s_data, s_limit, s_seed, CommonOptions.Output, CommonOptions.Force, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Notes =
            "Without --data every code vector counts alike, whether pictures use it or not; with --data the new ones lie where pictures are, which matters most\n" +
            "below 256 codes and takes some seconds a picture. Give ten times as many vectors as codes at least: a picture of 768 x 512 makes 1536 at stride 16.";
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        string path = result.GetValue(s_model)!;
        int codes = result.GetValue(s_codes);
        var outputs = new OutputOptions(
            result.GetValue(CommonOptions.Output) ?? Path.ChangeExtension(path, string.Create(CultureInfo.InvariantCulture, $"{codes}{Extension}")),
            Folder: null, result.GetValue(CommonOptions.Force), SkipExisting: false);
        if (path == StandardStreams.Dash || outputs.IsStandardOutput)
        {
            throw new UsageException("models reduce reads and writes files only.");
        }

        WorkItem item = OutputPlan.Create([new InputFile(path, Path.GetFileName(path))], outputs, Extension)[0];
        OutputPlan.MayWrite(item, outputs);
        IReadOnlyList<string>? pictures = result.GetValue(s_data) is { } folder ? MediaFolder.Find(folder, MediaKind.Picture, result.GetValue(s_limit) ?? int.MaxValue) : null;
        ImageCodecOptions compute = CommonOptions.ReadCodecOptions(result);
        ImportedModel? reduced = null;
        session.Terminal.RunLive(1, () => reduced = Reduce(VqganReduction.Open(path, codes, result.GetValue(s_seed)), pictures, compute, session.Terminal.Begin(path), session.Cancellation));
        reduced!.Save(item.Output!);

        using JsonDocument config = JsonDocument.Parse(reduced.Configuration);
        var report = new ModelImportReport(
            path, item.Output!, reduced.Architecture, reduced.ParameterCount, reduced.Tensors.Count, new FileInfo(item.Output!).Length, config.RootElement.Clone());
        if (!session.Json)
        {
            TextTable.Write(Console.Out,
            [
                ["weights", report.Output], ["size", $"{report.Bytes} bytes"], ["architecture", report.Architecture], ["config", reduced.Configuration],
                ["clusters of", pictures is null ? "its code vectors" : string.Create(CultureInfo.InvariantCulture, $"{pictures.Count} pictures")],
            ]);
        }

        return new RunReport { Command = Name, ExitCode = ExitCode.Done, Import = report };
    }

    private static ImportedModel Reduce(
        VqganReduction reduction, IReadOnlyList<string>? pictures, ImageCodecOptions compute, IProgress<CodecProgress>? progress, CancellationToken cancellation) => pictures is null
        ? reduction.FromRows(progress, cancellation)
        : reduction.FromPictures(pictures.Select(Read), ComputeDevice.Parse(compute.Device), compute.Threads, progress, cancellation);

    private static (ReadOnlyMemory<byte> Rgb, int Width, int Height) Read(string path)
    {
        Image picture = ImageFile.Read(path).Image.ToRgb();
        return (picture.Pixels, picture.Width, picture.Height);
    }
}
