using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Codecs.Cli.Commands.Eval;
using Codecs.Cli.Output;
using Codecs.Cli.Packets;
using Codecs.Evaluation;

namespace Codecs.Cli.Commands;

/// <summary>eval: the truth about a model on a folder of pictures, sounds or videos, next to the classical codecs.</summary>
internal static class EvalCommand
{
    internal const string None = "none";

    private const string Name = "eval", PictureKind = "picture", AudioKind = "audio", VideoKind = "video";

    private static readonly Argument<string> s_folder = new("DIR") { Description = "Folder with pictures, sounds or videos; its subfolders are not searched. Or one file." };

    private static readonly Option<string?> s_kind = CommonOptions.WithCheck(
        new Option<string?>("--kind") { Description = "picture, audio or video, for a folder with several kinds.", HelpName = "KIND" },
        kind => kind is PictureKind or AudioKind or VideoKind, "--kind takes picture, audio or video.");

    private static readonly Option<string?> s_codec = new("--codec", "--model")
    {
        Description = $"Model: a name that 'codecs models' lists, or the path of a weight file, for pictures also several separated by commas; {None} measures the classical codecs alone (default for pictures: {PictureEval.DefaultModel}, for sounds {EncodeCommand.SoundModel}, for speech {AudioEval.SpeechModel}, for videos {EncodeCommand.VideoModel}).",
        HelpName = "NAME",
    };

    private static readonly Option<string?> s_against = new("--against")
    {
        Description = $"Classical codecs, separated by commas: {PictureEval.Anchors} for pictures, {AudioEval.Anchors} for sounds, {AudioEval.SpeechAnchors} for speech, {VideoEval.Anchors} for videos, of which each takes a preset as in x264:veryslow; {None} for none (default: the usual ones, as far as they are available).",
        HelpName = "LIST",
    };

    private static readonly Option<double[]> s_qualities = new("--qualities")
    {
        Description = "Qualities of the model, 1 to 100, separated by commas (default: 1,10,20,...,100; for a model with codebooks 3,4,5,6,8 of them; for videos 10,30,50,70,90).",
        HelpName = "LIST",
        CustomParser = ParseQualities,
    };

    private static readonly Option<int?> s_limit = CommonOptions.WithCheck(
        new Option<int?>("--limit") { Description = "Only the first N files by name.", HelpName = "N" },
        n => n >= 1, "--limit takes a number of 1 or more.");

    private static readonly Option<double?> s_seconds = CommonOptions.WithCheck(
        new Option<double?>("--seconds") { Description = "Only the first N seconds of each sound.", HelpName = "N" },
        n => n > 0, "--seconds takes a number above 0.");

    private static readonly Option<bool> s_speech = new("--speech")
    {
        Description = "The sounds are speech: mix them to one channel, compare with speech codecs, and measure STOI, ESTOI and a ViSQOL-style score as well, which mean nothing for music.",
    };

    private static readonly Option<bool> s_equalBytes = new("--equal-bytes")
    {
        Description = "For pictures: let every classical codec also search its largest file within the bytes of each file of the model, at full size and reduced to a half, a quarter or an eighth; for models below the range of the classical codecs, best with --qualities.",
    };

    private static readonly Option<bool> s_packets = new("--packets")
    {
        Description = $"For pictures: send them in packets over channels that lose 5 to 50 % of them and measure what is seen with prediction, neighbours, nothing, or parity at equal bytes (default model: {PacketShelf.DefaultModel}).",
    };

    private static readonly Option<int?> s_samples = CommonOptions.WithCheck(
        new Option<int?>("--samples")
        {
            Description = $"Write the first N sounds and what every codec makes of them for listening on the page: 10 seconds each as FLAC, some 5 MB for each sound of speech and 40 MB for one of music; of videos the first N, {VideoEvaluation.SampleSeconds} seconds each as MP4, for watching; with --equal-bytes the first N pictures, as PNG, for looking at (default: {AudioEval.SpeechSamples} with --speech, {VideoEval.Samples} of videos, {PictureEval.EqualBytesSamples} with --equal-bytes, otherwise 0).",
            HelpName = "N",
        },
        n => n >= 0, "--samples takes a number of 0 or more.");

    private static readonly Option<string> s_out = new("--out")
    {
        Description = "Folder for results.json, the plots and a page that shows them (index.html); those of an earlier run are replaced.",
        DefaultValueFactory = _ => "eval",
        HelpName = "DIR",
    };

    private static readonly Option<bool> s_cache = new("--cache")
    {
        Description = "Keep the measurements of the classical codecs, and of video models, in the output folder and use those of earlier runs.",
    };

    private static readonly Option<string?> s_baseline = new("--baseline")
    {
        Description = "Compare the model with its own curve in an earlier results.json as well.",
        HelpName = "FILE",
    };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Measures a model on pictures, sounds or videos next to JPEG, WebP, AVIF, JPEG XL or Opus, MP3, AAC or x264, x265, SVT-AV1: a table, results.json, plots and a page.",
            "codecs eval photos", "codecs eval photos --against jpeg,avif --qualities 20,40,60,80 --limit 5",
            "codecs eval photos --cache --baseline docs/results/kodak.json", "codecs eval music --against opus,mp3,aac --seconds 10",
            "codecs eval voices --speech --against opus,codec2", "codecs eval photos --equal-bytes --qualities 1,5,10",
            "codecs eval photos --packets --limit 4", "codecs eval photos --codec mlicv2,nirvana --qualities 30,50,70 --cache", "codecs eval clips --size 320x180 --frames 60 --qualities 30,60 --effort fast --cache",
            "codecs eval clip.mp4 --codec none --against x264:veryslow,svt-av1:4")
        {
            s_folder, s_kind, s_codec, s_against, s_qualities, s_limit, s_seconds, s_speech, s_equalBytes, s_packets, s_samples, s_out, s_cache, s_baseline, CommonOptions.Threads, CommonOptions.Device,
        };
        foreach (Option option in VideoEvalTargets.All)
        {
            verb.Add(option);
        }

        verb.Validators.Add(result =>
        {
            if (result.GetValue(VideoTargets.Preset) is not null && result.GetValue(s_codec) is not null)
            {
                result.AddError("--preset and --codec exclude each other.");
            }
        });
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        string source = result.GetValue(s_folder)!;
        MediaKind kind = ReadKind(source, result.GetValue(s_kind));
        bool equalBytes = result.GetValue(s_equalBytes), packets = result.GetValue(s_packets);
        if (kind != MediaKind.Audio && (result.GetValue(s_seconds) is not null || result.GetValue(s_speech)))
        {
            throw new UsageException($"--seconds and --speech are for sounds; these are {(kind == MediaKind.Video ? "videos" : "pictures")}.");
        }

        if (kind != MediaKind.Video)
        {
            VideoEvalTargets.RefuseForOthers(result, kind == MediaKind.Picture);
        }

        if (kind == MediaKind.Picture && result.GetValue(s_samples) is not null && !equalBytes)
        {
            throw new UsageException("--samples of pictures are written with --equal-bytes only.");
        }

        if (kind != MediaKind.Picture && (equalBytes || packets))
        {
            throw new UsageException($"--equal-bytes and --packets are for pictures; these are {(kind == MediaKind.Video ? "videos" : "sounds")}.");
        }

        var request = new EvalRequest(
            MediaFolder.NameOf(source),
            MediaFolder.Find(source, kind, result.GetValue(s_limit) ?? int.MaxValue),
            VideoTargets.Model(result, s_codec),
            result.GetValue(s_against),
            result.GetValue(s_qualities) is { Length: > 0 } qualities ? qualities : null,
            result.GetValue(s_out)!,
            result.GetValue(s_cache),
            result.GetValue(s_baseline),
            new AudioEvaluationOptions { Seconds = result.GetValue(s_seconds), Speech = result.GetValue(s_speech) },
            equalBytes,
            packets,
            result.GetValue(s_samples),
            VideoEvalTargets.Read(result),
            VideoEvalTargets.FittingOf(result),
            CommonOptions.ReadCodecOptions(result));
        byte[] json = kind switch
        {
            MediaKind.Audio => AudioEval.Run(request, session),
            MediaKind.Video => VideoEval.Run(request, session),
            _ => packets ? PacketEval.Run(request, session) : PictureEval.Run(request, session),
        };
        using var document = JsonDocument.Parse(json);
        return new RunReport { Command = Name, ExitCode = ExitCode.Done, Evaluation = document.RootElement.Clone() };
    }

    private static MediaKind ReadKind(string source, string? kind) => kind switch
    {
        PictureKind => MediaKind.Picture,
        AudioKind => MediaKind.Audio,
        VideoKind => MediaKind.Video,
        _ => MediaFolder.KindOf(source)
            ?? throw new UsageException($"'{source}' holds pictures, sounds or videos side by side.", $"Separate them, or say --kind {PictureKind}, --kind {AudioKind} or --kind {VideoKind}."),
    };

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
}
