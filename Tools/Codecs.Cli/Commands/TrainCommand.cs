using System.CommandLine;
using System.Diagnostics;
using Codecs.Cli.Output;
using Codecs.Models;
using Codecs.Training;

namespace Codecs.Cli.Commands;

/// <summary>train: makes the shipped weights anew. Ctrl+C saves; --resume goes on.</summary>
internal static class TrainCommand
{
    private const string Name = "train", WorkRoot = "codecs-training", LogFile = "train.log", Checkpoints = "*.checkpoint*";

    private static readonly Argument<string> s_recipe = new Argument<string>("RECIPE")
    {
        Description = $"What to train, and on what: {string.Join(", ", Recipe.All.Select(r => $"{r.Name} ({r.Data})"))}.",
    }.AcceptOnlyFromAmong([.. Recipe.All.Select(r => r.Name)]);

    private static readonly Option<string[]> s_data = new("--data")
    {
        Description = "Folder with training media, searched with its subfolders; may be given several times.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string?> s_work = new("--work")
    {
        Description = $"Folder for caches, checkpoints and the log (default: {WorkRoot}/RECIPE in the user's local application data).",
        HelpName = "DIR",
    };

    private static readonly Option<double> s_minutes = CommonOptions.WithCheck(
        new Option<double>("--minutes") { Description = "Training time of all runs in the work folder together; the schedule follows it.", HelpName = "N", Required = true },
        minutes => minutes is > 0 and < 1e7, "--minutes takes a number above 0.");

    private static readonly Option<bool> s_resume = new("--resume") { Description = "Go on from the checkpoint in the work folder." };

    private static readonly Option<bool> s_force = new("--force", "-f") { Description = "Start anew although the work folder holds a checkpoint; replace exported weights." };

    private static readonly Option<string?> s_export = new("--export")
    {
        Description = "When the time is used up, write weights and card to this folder; a zoo (CODECS_ZOO) has one such folder per model.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> s_start = new("--start")
    {
        Description = $"Begin with these weights, a model's name or a path, instead of random ones ({string.Join(", ", Recipe.All.Where(r => r.CanStart).Select(r => r.Name))}).",
        HelpName = "MODEL",
    };

    private static readonly Option<int> s_seed = new("--seed") { Description = "Seed of weights and crops.", DefaultValueFactory = _ => 1, HelpName = "N" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Trains a model. Ctrl+C saves and ends; --resume goes on.",
            "codecs train mlicv2 --data photos --minutes 600", "codecs train mlicv2 --data photos --minutes 600 --resume --export zoo/mlicv2",
            "codecs train walloc-audio --data media/music --data media/musicsynth --minutes 600",
            "codecs train nirvana --data media/photos --data media/screens --data media/video --minutes 600",
            "codecs train nirvana --data media/photos --data media/video --minutes 60 --start nirvana")
        {
            s_recipe, s_data, s_work, s_minutes, s_start, s_resume, s_export, s_force, CommonOptions.Threads, s_seed,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        Recipe recipe = Recipe.All.First(r => r.Name == result.GetValue(s_recipe));
        TrainingOptions options = ReadOptions(result, recipe);
        string? export = ReadExport(result);
        Directory.CreateDirectory(options.WorkFolder);
        using StreamWriter file = File.AppendText(Path.Combine(options.WorkFolder, LogFile));
        file.AutoFlush = true;
        void Log(string line)
        {
            file.WriteLine(line);
            session.Terminal.Line(line);
        }

        Log($"training {recipe.Name} in '{options.WorkFolder}'");
        long start = Stopwatch.GetTimestamp();
        recipe.Run(options, Log, session.Cancellation);
        bool interrupted = session.Interruption.IsRequested;
        if (export is not null && !interrupted)
        {
            recipe.Export(options, export, Log);
        }

        Log(interrupted ? "interrupted; --resume goes on from here" : "done");
        return new RunReport
        {
            Command = Name,
            ExitCode = interrupted ? session.Interruption.ExitCode : ExitCode.Done,
            Training = new TrainReport(
                recipe.Name, options.DataFolders, options.WorkFolder, options.Minutes, Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1), interrupted),
        };
    }

    private static TrainingOptions ReadOptions(ParseResult result, Recipe recipe)
    {
        string[] data = result.GetValue(s_data)!;
        if (data.FirstOrDefault(d => !Directory.Exists(d)) is { } missing)
        {
            throw new MediaException($"There is no folder '{missing}' with {recipe.Data}.");
        }

        string work = result.GetValue(s_work)
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), WorkRoot, recipe.Name);
        bool resume = result.GetValue(s_resume);
        if (!resume && !result.GetValue(s_force) && Directory.Exists(work) && Directory.EnumerateFiles(work, Checkpoints).Any())
        {
            throw new RefusedException("checkpoint-exists", $"'{work}' holds a checkpoint.", "--resume goes on from it, --force starts anew.");
        }

        return new TrainingOptions
        {
            DataFolders = data,
            WorkFolder = work,
            Minutes = result.GetValue(s_minutes),
            Start = result.GetValue(s_start) is not { } start || recipe.CanStart ? result.GetValue(s_start)
                : throw new UsageException($"--start {start}: {recipe.Name} always begins with random weights."),
            Resume = resume,
            Seed = result.GetValue(s_seed),
            Threads = result.GetValue(CommonOptions.Threads),
        };
    }

    private static string? ReadExport(ParseResult result)
    {
        string? export = result.GetValue(s_export);
        return export is null || result.GetValue(s_force) || !File.Exists(Path.Combine(export, ModelZoo.WeightFile))
            ? export
            : throw new RefusedException("output-exists", $"'{export}' holds weights already.", "--force replaces them.");
    }
}
