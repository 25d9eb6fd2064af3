using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Codecs.Cli.Output;
using Codecs.Evaluation;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>eval: the truth about a model on a folder of pictures, next to the classical codecs.</summary>
internal static class EvalCommand
{
    private const string Name = "eval", None = "none";

    private static readonly Argument<string> s_folder = new("DIR") { Description = "Folder with pictures; its subfolders are not searched." };

    private static readonly Option<string> s_codec = new("--codec", "--model")
    {
        Description = $"Model: a name that 'codecs models' lists, or the path of a weight file; {None} measures the classical codecs alone.",
        DefaultValueFactory = _ => "mlicv2",
        HelpName = "NAME",
    };

    private static readonly Option<string?> s_against = new("--against")
    {
        Description = $"Classical codecs, separated by commas: jpeg, webp, avif, avif-slow, jxl; {None} for none (default: the usual four, as far as they are available).",
        HelpName = "LIST",
    };

    private static readonly Option<double[]> s_qualities = new("--qualities")
    {
        Description = "Qualities of the model, 1 to 100, separated by commas (default: 1,10,20,...,100).",
        HelpName = "LIST",
        CustomParser = ParseQualities,
    };

    private static readonly Option<int?> s_limit = CommonOptions.WithCheck(
        new Option<int?>("--limit") { Description = "Only the first N pictures by name.", HelpName = "N" },
        n => n >= 1, "--limit takes a number of 1 or more.");

    private static readonly Option<string> s_out = new("--out")
    {
        Description = "Folder for results.json and the plots; those of an earlier run are replaced.",
        DefaultValueFactory = _ => "eval",
        HelpName = "DIR",
    };

    private static readonly Option<bool> s_cache = new("--cache")
    {
        Description = "Keep the measurements of the classical codecs in the output folder and use those of earlier runs.",
    };

    private static readonly Option<string?> s_baseline = new("--baseline")
    {
        Description = "Compare the model with its own curve in an earlier results.json as well.",
        HelpName = "FILE",
    };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Measures a model on pictures next to JPEG, WebP, AVIF and JPEG XL: a table, results.json and plots.",
            "codecs eval photos", "codecs eval photos --against jpeg,avif --qualities 20,40,60,80 --limit 5", "codecs eval photos --cache --baseline docs/results/kodak.json")
        {
            s_folder, s_codec, s_against, s_qualities, s_limit, s_out, s_cache, s_baseline, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        string source = result.GetValue(s_folder)!;
        string folder = result.GetValue(s_out)!;
        List<ClassicalCodec> anchors = ReadAnchors(result.GetValue(s_against), session.Terminal);
        EvaluationResult? earlier = result.GetValue(s_baseline) is { } path ? ReadBaseline(path) : null;
        IReadOnlyList<string> files = PictureFolder.Find(source, result.GetValue(s_limit) ?? int.MaxValue);

        // The output folder is tried before hours of work, not after.
        Directory.CreateDirectory(folder);
        using ImageCodec? codec = result.GetValue(s_codec) is { } model && model != None ? ImageCodec.Open(model, CommonOptions.ReadCodecOptions(result)) : null;
        List<IImageContender> contenders = [.. anchors.Select(a => new ClassicalContender(a))];
        if (codec is not null)
        {
            contenders.Insert(0, new NeuralContender(codec, result.GetValue(s_qualities) is { Length: > 0 } qualities ? qualities : null));
        }

        if (contenders.Count == 0)
        {
            throw new UsageException("With neither a model nor classical codecs there is nothing to measure.");
        }

        EvaluationResult evaluation = Measure(contenders, source, files, result.GetValue(s_cache) ? Path.Combine(folder, EvaluationFiles.Cache) : null, session);
        IReadOnlyList<ContenderResult> baselines = [];
        if (earlier is not null)
        {
            (evaluation, baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(evaluation, earlier);
            Warn(warnings, session.Terminal);
        }

        IReadOnlyList<string> written = EvaluationFiles.Write(evaluation, folder, baselines);
        if (!session.Json)
        {
            TextReport.Write(evaluation, Console.Out);
        }

        session.Terminal.Line($"written: {string.Join(", ", written)}");
        using var document = JsonDocument.Parse(EvaluationJson.ToBytes(evaluation));
        return new RunReport { Command = Name, ExitCode = ExitCode.Done, Evaluation = document.RootElement.Clone() };
    }

    private static EvaluationResult Measure(
        IReadOnlyList<IImageContender> contenders, string source, IReadOnlyList<string> files, string? cachePath, Session session)
    {
        EvaluationCache? cache = cachePath is null ? null : EvaluationCache.Load(cachePath);
        EvaluationResult? evaluation = null;
        try
        {
            session.Terminal.RunLive(1, () => evaluation = new ImageEvaluation(contenders, cache).Run(
                PictureFolder.NameOf(source), files, session.Terminal.Begin(Name) ?? new LineProgress(session.Terminal), warning => Warn([warning], session.Terminal), session.Cancellation));
        }
        finally
        {
            // What was measured before Ctrl+C stays measured.
            if (cache is { Count: > 0 })
            {
                cache.Save(cachePath!);
            }
        }

        return evaluation!;
    }

    private static List<ClassicalCodec> ReadAnchors(string? list, Terminal terminal)
    {
        if (list == None)
        {
            return [];
        }

        if (list is null)
        {
            ClassicalCodec[] missing = [.. ClassicalCodec.All.Where(c => !c.IsAvailable)];
            Warn(missing.Select(c => $"{c.Name} is not available on this machine and is left out."), terminal);
            return [.. ClassicalCodec.All.Except(missing)];
        }

        var anchors = new List<ClassicalCodec>();
        foreach (string name in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            ClassicalCodec codec = ClassicalCodec.Find(name)
                ?? throw new UsageException($"--against knows no '{name}'; it takes jpeg, webp, avif, avif-slow, jxl or {None}.");
            if (!codec.IsAvailable)
            {
                throw new UsageException($"{codec.Name} is not available on this machine.", "Leave it out of --against.");
            }

            if (!anchors.Contains(codec))
            {
                anchors.Add(codec);
            }
        }

        return anchors;
    }

    private static EvaluationResult ReadBaseline(string path)
    {
        try
        {
            return EvaluationJson.FromBytes(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"The baseline '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static double[]? ParseQualities(ArgumentResult argument)
    {
        string[] parts = argument.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        double[] qualities = [.. parts
            .Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double q) ? q : double.NaN)
            .Distinct().Order()];
        if (qualities.Length > 0 && Array.TrueForAll(qualities, q => q is >= 1 and <= 100))
        {
            return qualities;
        }

        argument.AddError("--qualities takes numbers from 1 to 100, separated by commas.");
        return null;
    }

    private static void Warn(IEnumerable<string> warnings, Terminal terminal)
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
