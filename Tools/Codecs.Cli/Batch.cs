using System.Diagnostics;
using Codecs.Cli.Files;
using Codecs.Cli.Output;

namespace Codecs.Cli;

/// <summary>The loop that all verbs over files share: one bad file does not stop the others.</summary>
internal sealed class Batch(Session session, string verb)
{
    private readonly List<FileReport> _reports = [];
    private readonly List<string> _lines = [];
    private int _exitCode;

    /// <summary>The rules about outputs; null for verbs without.</summary>
    internal OutputOptions? Outputs { get; init; }

    /// <summary>The text of each file is the result itself and belongs on standard output.</summary>
    internal bool TextIsData { get; init; }

    /// <summary>A failure that would repeat for every other file ends the run.</summary>
    internal bool StopWithoutModel { get; init; }

    /// <summary>Does the items one after another.</summary>
    /// <param name="items">What to do.</param>
    /// <param name="work">Does one; its errors become that item's failure.</param>
    internal RunReport Run(IReadOnlyList<WorkItem> items, Func<WorkItem, IProgress<CodecProgress>?, FileReport> work)
    {
        long start = Stopwatch.GetTimestamp();
        session.Terminal.RunLive(items.Count, () =>
        {
            foreach (WorkItem item in items)
            {
                FileReport report = Attempt(item, work);
                _reports.Add(report);
                Tell(item.Input.DisplayName, report);
                session.Terminal.End();

                // A signal between two files is told, with its exit code, by the next file's attempt.
                bool stopped = session.Interruption.IsRequested && report.Status == FileReport.Failed;
                if (stopped || (StopWithoutModel && _exitCode == ExitCode.Model))
                {
                    break;
                }
            }
        });
        _lines.ForEach(Console.Out.WriteLine);
        SummaryReport summary = Summarize(items.Count, Stopwatch.GetElapsedTime(start).TotalSeconds);
        if (items.Count > 1)
        {
            Tell(summary);
        }

        return new RunReport { Command = verb, ExitCode = _exitCode, Files = _reports, Summary = summary };
    }

    private FileReport Attempt(WorkItem item, Func<WorkItem, IProgress<CodecProgress>?, FileReport> work)
    {
        long start = Stopwatch.GetTimestamp();
        IProgress<CodecProgress>? progress = session.Terminal.Begin(item.Input.DisplayName);
        try
        {
            session.Cancellation.ThrowIfCancellationRequested();
            if (item.Input.Problem is { } problem)
            {
                throw new MediaException(problem);
            }

            if (Outputs is not null && !OutputPlan.MayWrite(item, Outputs))
            {
                return new FileReport { Input = item.Input.Path, Output = item.Output, Status = FileReport.Skipped, Text = $"skipped, {item.Output} exists" };
            }

            FileReport report = work(item, progress);
            _exitCode = Math.Max(_exitCode, report.ExitCode);
            return report with { Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3) };
        }
        catch (Exception error) when (Expected(error) is { } failure)
        {
            _exitCode = Math.Max(_exitCode, failure.ExitCode);
            return new FileReport
            {
                Input = item.Input.Path,
                Output = item.Output,
                Status = FileReport.Failed,
                Error = ErrorReport.From(failure),
                Text = ErrorOutput.Sentence(failure, item.Input.DisplayName),
            };
        }
    }

    // Verbs that check files say so: there damage is the answer to the question, with an exit code of its own.
    private Failure? Expected(Exception error)
    {
        Failure? failure = Failure.Of(error, session.Interruption);
        return verb == Commands.VerifyCommand.Name && error is InvalidBitstreamException && failure is not null
            ? failure with { ExitCode = ExitCode.VerificationFailed, Hint = "'codecs verify --salvage' tells what is left." }
            : failure is { ExitCode: ExitCode.Usage } ? null : failure;
    }

    private void Tell(string name, FileReport report)
    {
        if (report.Status == FileReport.Failed)
        {
            session.Terminal.Error(report.Text);
            return;
        }

        foreach (string warning in report.Warnings ?? [])
        {
            session.Terminal.Line($"{name}: warning: {warning}");
        }

        string line = TextIsData ? report.Text : $"{name}: {report.Text}{(report.Seconds is { } s ? "  " + Units.Seconds(s) : "")}";
        if (!TextIsData)
        {
            session.Terminal.Line(line);
        }
        else if (!session.Json)
        {
            _lines.Add(line);
        }
    }

    private SummaryReport Summarize(int files, double seconds)
    {
        IEnumerable<FileReport> done = _reports.Where(r => r.Status == FileReport.Done);
        return new SummaryReport(
            files,
            done.Count(),
            _reports.Count(r => r.Status == FileReport.Skipped),
            _reports.Count(r => r.Status == FileReport.Failed),
            done.Sum(r => r.InputBytes ?? 0),
            done.Sum(r => r.OutputBytes ?? 0),
            Math.Round(seconds, 3));
    }

    private void Tell(SummaryReport all)
    {
        string sizes = all.OutputBytes == 0 ? "" : $"; {Units.Bytes(all.InputBytes)} -> {Units.Bytes(all.OutputBytes)}";
        sizes += all.OutputBytes > 0 && all.InputBytes > all.OutputBytes ? $", {Units.Number((double)all.InputBytes / all.OutputBytes, "0.0")}x" : "";
        int left = all.Files - all.Done - all.Skipped - all.Failed;
        string rest = left == 0 ? "" : $", {left} not started";
        session.Terminal.Line(
            $"{all.Files} files: {all.Done} done, {all.Skipped} skipped, {all.Failed} failed{rest}{sizes}; {Units.Seconds(all.Seconds)}");
        foreach (FileReport failed in _reports.Where(r => r.Status == FileReport.Failed))
        {
            session.Terminal.Line($"  failed: {failed.Input} ({failed.Error!.Code})");
        }
    }
}
