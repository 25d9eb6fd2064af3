using Spectre.Console;

namespace Codecs.Cli.Output;

/// <summary>Bars on standard error: the stage of the current file and, of several, how many are done. Colours follow NO_COLOR.</summary>
internal sealed class ProgressDisplay
{
    private readonly IAnsiConsole _console;
    private readonly ProgressTask? _all;
    private readonly ProgressTask _stage;

    private ProgressDisplay(IAnsiConsole console, ProgressContext context, int files)
    {
        _console = console;
        _all = files > 1 ? context.AddTask($"0 of {files} files", maxValue: files) : null;
        _stage = context.AddTask("...");
        _stage.IsIndeterminate = true;
    }

    internal static void Run(int files, Action<ProgressDisplay> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        ProgressColumn[] columns =
            [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn()];
        console.Progress().AutoClear(true).Columns(columns).Start(context => work(new ProgressDisplay(console, context, files)));
    }

    internal IProgress<CodecProgress> Begin(string name)
    {
        string label = Markup.Escape(Path.GetFileName(name));
        _stage.Description = label;
        _stage.IsIndeterminate = true;
        return new StageProgress(_stage, label);
    }

    internal void End()
    {
        if (_all is not null)
        {
            _all.Increment(1);
            _all.Description = $"{_all.Value:0} of {_all.MaxValue:0} files";
        }
    }

    /// <summary>A line above the bars.</summary>
    internal void Write(string text) => _console.Write(new Text(text + "\n"));

    // Reports come on the working thread and are only stored; the display draws by its own clock.
    private sealed class StageProgress(ProgressTask task, string label) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value)
        {
            task.IsIndeterminate = value.Total <= 0;
            task.MaxValue = Math.Max(1, value.Total);

            // A full bar would end the task, and the next stage could not use it.
            task.Value = Math.Min(value.Done, task.MaxValue - 0.001);
            task.Description = $"{label}  {Markup.Escape(value.Stage)}";
        }
    }
}
