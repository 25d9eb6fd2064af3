using System.Globalization;
using Codecs.Cli.Output;
using Codecs.Evaluation;

namespace Codecs.Cli.Commands.Eval;

/// <summary>The steps that evaluations of pictures, sounds and videos share.</summary>
internal static class EvalSteps
{
    private const string Stage = "eval";

    /// <summary>The classical codecs that a list names; the usual ones that are available when there is no list.</summary>
    /// <exception cref="UsageException">A name is not known, or its codec is not available.</exception>
    internal static T[] ReadAnchors<T>(
        string? list, IReadOnlyList<T> usual, Func<string, T?> find, Func<T, (string Name, bool IsAvailable)> describe, string known, Terminal terminal)
        where T : class
    {
        if (list == EvalCommand.None)
        {
            return [];
        }

        if (list is null)
        {
            T[] missing = [.. usual.Where(c => !describe(c).IsAvailable)];
            Warn(missing.Select(c => $"{describe(c).Name} is not available on this machine and is left out."), terminal);
            return [.. usual.Except(missing)];
        }

        var anchors = new List<T>();
        foreach (string name in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            T codec = find(name) ?? throw new UsageException($"--against knows no '{name}'; it takes {known} or {EvalCommand.None}.");
            if (!describe(codec).IsAvailable)
            {
                throw new UsageException($"{describe(codec).Name} is not available on this machine.", "Leave it out of --against.");
            }

            if (!anchors.Exists(a => describe(a).Name == describe(codec).Name))
            {
                anchors.Add(codec);
            }
        }

        return [.. anchors];
    }

    /// <exception cref="MediaException">The file cannot be read.</exception>
    internal static T? ReadBaseline<T>(string? path, Func<byte[], string, T> parse)
        where T : class
    {
        try
        {
            return path is null ? null : parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"The baseline '{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <exception cref="UsageException">There is none.</exception>
    internal static void CheckContenders(IReadOnlyCollection<IContender> contenders)
    {
        if (contenders.Count == 0)
        {
            throw new UsageException("With neither a model nor classical codecs there is nothing to measure.");
        }
    }

    /// <summary>Runs the measurements with progress and cache.</summary>
    internal static TResult Measure<TMeasurement, TResult>(
        string? cachePath, Session session, Func<EvaluationCache<TMeasurement>?, IProgress<CodecProgress>, Action<string>, TResult> run)
        where TMeasurement : class
        where TResult : class
    {
        EvaluationCache<TMeasurement>? cache = cachePath is null ? null : EvaluationCache.Load<TMeasurement>(cachePath);
        try
        {
            return Measure(session, (progress, warn) => run(cache, progress, warn));
        }
        finally
        {
            // What was measured before Ctrl+C stays measured.
            if (cache is { Count: > 0 })
            {
                cache.Save(cachePath!);
            }
        }
    }

    /// <summary>Runs the measurements with progress.</summary>
    internal static TResult Measure<TResult>(Session session, Func<IProgress<CodecProgress>, Action<string>, TResult> run)
        where TResult : class
    {
        TResult? result = null;
        session.Terminal.RunLive(
            1, () => result = run(session.Terminal.Begin(Stage) ?? new LineProgress(session.Terminal), warning => Warn([warning], session.Terminal)));
        return result!;
    }

    /// <summary>Shows what came out and where it is.</summary>
    internal static void Finish(IReadOnlyList<string> written, Action<TextWriter> report, Session session)
    {
        if (!session.Json)
        {
            report(Console.Out);
        }

        session.Terminal.Line($"written: {string.Join(", ", written)}");
    }

    internal static void Warn(IEnumerable<string> warnings, Terminal terminal)
    {
        foreach (string warning in warnings)
        {
            terminal.Line($"codecs: warning: {warning}");
        }
    }

    /// <summary>For logs and pipes: a line for each tenth of the work.</summary>
    private sealed class LineProgress(Terminal terminal) : IProgress<CodecProgress>
    {
        private const int Parts = 10;
        private int _reported;

        public void Report(CodecProgress value)
        {
            int part = (int)(value.Fraction * Parts);
            if (part > _reported)
            {
                _reported = part;
                terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{part * 100 / Parts} % measured; {value.Stage}"));
            }
        }
    }
}
