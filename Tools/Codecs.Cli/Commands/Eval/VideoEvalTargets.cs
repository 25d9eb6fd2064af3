using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Codecs.Evaluation;
using Codecs.Video;

namespace Codecs.Cli.Commands.Eval;

/// <summary>What is asked of an evaluation of videos.</summary>
/// <param name="Measuring">Which frames, at which size.</param>
/// <param name="Encoding">Effort and key groups of the model.</param>
/// <param name="Workers">Chunks of the model at once, or null for as many as threads.</param>
internal sealed record VideoEvalRequest(VideoEvaluationOptions Measuring, VideoEncoderOptions Encoding, int? Workers);

/// <summary>Options of eval that are for videos; those that encode has too are spelled as there.</summary>
internal static class VideoEvalTargets
{
    private const char Times = 'x';

    private static readonly Option[] s_fitting = [VideoTargets.Effort, VideoTargets.TimePerFrame];

    internal static Option<(int Width, int Height)?> Size { get; } = new("--size")
    {
        Description = "Video: scale to so many columns and rows before anything else, such as 320x180.",
        HelpName = "WxH",
        CustomParser = ParseSize,
    };

    /// <summary>Every option that only videos know.</summary>
    internal static IReadOnlyList<Option> All { get; } =
        [Size, VideoTargets.Frames, VideoTargets.Preset, VideoTargets.Effort, VideoTargets.TimePerFrame, VideoTargets.KeyInterval, VideoTargets.Workers];

    internal static VideoEvalRequest Read(ParseResult result) => new(
        new VideoEvaluationOptions { Size = result.GetValue(Size), Frames = result.GetValue(VideoTargets.Frames) },
        new VideoEncoderOptions
        {
            Effort = result.GetValue(VideoTargets.Effort) ?? VideoEncoderOptions.Default.Effort,
            SecondsPerFrame = result.GetValue(VideoTargets.TimePerFrame),
            KeyInterval = result.GetValue(VideoTargets.KeyInterval) ?? VideoEncoderOptions.Default.KeyInterval,
        },
        result.GetValue(VideoTargets.Workers));

    /// <summary>Name of the option that says how long to fit, which pictures know as well; null when there is none.</summary>
    internal static string? FittingOf(ParseResult result) => s_fitting.FirstOrDefault(o => IsGiven(o, result))?.Name;

    /// <param name="result">The command line.</param>
    /// <param name="pictures">Whether the others are pictures, which can be fitted as well.</param>
    /// <exception cref="UsageException">Options of videos were given, and there are none.</exception>
    internal static void RefuseForOthers(ParseResult result, bool pictures)
    {
        if (All.Except(pictures ? s_fitting : []).FirstOrDefault(o => IsGiven(o, result)) is { } given)
        {
            throw new UsageException($"{given.Name} is for videos; these are none.");
        }
    }

    private static bool IsGiven(Option option, ParseResult result) => result.GetResult(option) is { Implicit: false };

    private static (int Width, int Height)? ParseSize(ArgumentResult argument)
    {
        string[] sides = argument.Tokens[0].Value.Split(Times);
        if (sides.Length == 2 && IsSide(sides[0], out int width) && IsSide(sides[1], out int height))
        {
            return (width, height);
        }

        argument.AddError("--size takes columns and rows such as 320x180, even numbers.");
        return null;
    }

    // 4:2:0, in which all codecs are compared, and the classical encoders know even sizes only.
    private static bool IsSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 2 and <= 65536 && side % 2 == 0;
}
