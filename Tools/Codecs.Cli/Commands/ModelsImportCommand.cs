using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Models;

namespace Codecs.Cli.Commands;

/// <summary>models import: an official checkpoint, checked tensor by tensor, as a weight file of ours.</summary>
internal static class ModelsImportCommand
{
    private const string Name = "models import", Extension = ".safetensors";

    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = $"A checkpoint of an official codec, of PyTorch or converted to safetensors: {string.Join(" or ", CheckpointImport.Known)}.",
    };

    private static readonly Option<string?> s_config = new("--config")
    {
        Description = "File with the configuration: JSON for WaLLoC (default: FILE's name with .json, else what FILE says itself), YAML or JSON for VQGAN (default: read off the tensors).",
        HelpName = "CONFIG",
    };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            "import", "Makes a weight file of an official checkpoint; nothing in it is executed.",
            "codecs models import stereo_5x.pth --config stereo_5x.json -o stereo_5x.safetensors",
            "codecs models import languagecodec.ckpt",
            "codecs models import last.ckpt --config model.yaml -o vqgan.safetensors")
        {
            s_file, s_config, CommonOptions.Output, CommonOptions.Force,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        string path = result.GetValue(s_file)!;
        var outputs = new OutputOptions(result.GetValue(CommonOptions.Output), Folder: null, result.GetValue(CommonOptions.Force), SkipExisting: false);
        if (path == StandardStreams.Dash || outputs.IsStandardOutput)
        {
            throw new UsageException("models import reads and writes files only.");
        }

        WorkItem item = OutputPlan.Create([new InputFile(path, Path.GetFileName(path))], outputs, Extension)[0];
        OutputPlan.MayWrite(item, outputs);
        ImportedModel import = CheckpointImport.Read(path, result.GetValue(s_config));
        import.Save(item.Output!);

        using JsonDocument config = JsonDocument.Parse(import.Configuration);
        var report = new ModelImportReport(
            path, item.Output!, import.Architecture, import.ParameterCount, import.Tensors.Count, new FileInfo(item.Output!).Length, config.RootElement.Clone());
        if (!session.Json)
        {
            TextTable.Write(Console.Out,
            [
                ["weights", report.Output], ["size", $"{report.Bytes} bytes"], ["architecture", report.Architecture],
                ["config", import.Configuration], ["tensors", report.Tensors.ToString(CultureInfo.InvariantCulture)],
                ["parameters", report.Parameters.ToString(CultureInfo.InvariantCulture)],
            ]);
        }

        return new RunReport { Command = Name, ExitCode = ExitCode.Done, Import = report };
    }
}
