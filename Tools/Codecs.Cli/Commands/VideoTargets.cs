using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Codecs.Cli.Videos;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Commands;

/// <summary>Options of videos.</summary>
internal static class VideoTargets
{
    private static readonly string[] s_efforts = ["fast", "medium", "slow"];

    internal static Option<int?> Effort { get; } = new("--effort")
    {
        Description = "Video: how long to fit, 1 (fast) to 9 (slow), or fast (2), medium (5, the default), slow (8).",
        HelpName = "N",
        CustomParser = ParseEffort,
    };

    internal static Option<double?> TimePerFrame { get; } = CommonOptions.WithCheck(
        new Option<double?>("--time-per-frame") { Description = "Video: most seconds that a worker spends on a frame; bytes then depend on the machine.", HelpName = "S" },
        s => s is > 0 and < double.PositiveInfinity, "--time-per-frame takes seconds above 0.");

    internal static Option<double?> KeyInterval { get; } = CommonOptions.WithCheck(
        new Option<double?>("--keyint") { Description = "Video: most seconds between key groups (default 2.5); shorter seeks faster and costs bits.", HelpName = "S" },
        s => s is > 0 and < double.PositiveInfinity, "--keyint takes seconds above 0.");

    internal static Option<int?> Workers { get; } = CommonOptions.WithCheck(
        new Option<int?>("--workers") { Description = "Video: chunks that are worked on at once (default: one a core); the bytes do not depend on it.", HelpName = "N" },
        n => n >= 1, "--workers takes a number of 1 or more.");

    internal static Option<string?> Audio { get; } = new("--audio")
    {
        Description = $"Video: copy the sound as it is (default), code it with a sound model such as {EncodeCommand.SoundModel} or {EncodeCommand.SpeechModel}, or none.",
        HelpName = "HOW",
    };

    internal static Option<bool> Resume { get; } = new("--resume") { Description = "Video: go on where an interrupted run of the same command stopped." };

    internal static Option<long?> Frames { get; } = CommonOptions.WithCheck(
        new Option<long?>("--frames") { Description = "Video: most frames.", HelpName = "N" }, n => n >= 1, "--frames takes a number of 1 or more.");

    internal static Option<TimeSpan?> Start { get; } = new("--start") { Description = "Video: where to begin, in seconds or as h:mm:ss.", HelpName = "TIME", CustomParser = ParseTime };

    internal static Option<TimeSpan?> Duration { get; } = new("--duration") { Description = "Video: how much, in seconds or as h:mm:ss.", HelpName = "TIME", CustomParser = ParseTime };

    internal static Option<double?> FramesPerSecond { get; } = CommonOptions.WithCheck(
        new Option<double?>("--fps") { Description = "All inputs are pictures, and together a video of so many a second.", HelpName = "X" },
        fps => fps is > 0 and <= 1000, "--fps takes a number above 0, at most 1000.");

    internal static Option<string?> Preset { get; } = CommonOptions.WithCheck(
        new Option<string?>("--preset") { Description = "Video: nirvana fits the network as it was published, for comparisons.", HelpName = "NAME" },
        name => name == "nirvana", "--preset takes nirvana.");

    /// <summary>The model that options name; null when they name none.</summary>
    internal static string? Model(ParseResult result, Option<string?> codec) => result.GetValue(Preset) is null ? result.GetValue(codec) : VideoCodec.Published;

    /// <summary>What is asked of videos.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="quality">--quality.</param>
    /// <param name="psnr">--psnr.</param>
    /// <param name="kilobits">--kbps or --bitrate.</param>
    /// <param name="keepMetadata">Not --strip.</param>
    /// <param name="archive">--archive.</param>
    internal static VideoRequest Read(ParseResult result, double? quality, double? psnr, double? kilobits, bool keepMetadata, bool archive) => new()
    {
        Encoding = new VideoEncoderOptions
        {
            Quality = quality ?? VideoEncoderOptions.Default.Quality,
            PsnrDb = psnr,
            KilobitsPerSecond = kilobits,
            Effort = result.GetValue(Effort) ?? VideoEncoderOptions.Default.Effort,
            SecondsPerFrame = result.GetValue(TimePerFrame),
            KeyInterval = result.GetValue(KeyInterval) ?? VideoEncoderOptions.Default.KeyInterval,
            KeepMetadata = keepMetadata,
            Archive = archive,
        },
        Audio = result.GetValue(Audio) ?? VideoRequest.CopySound,
        Resume = result.GetValue(Resume),
        Frames = result.GetValue(Frames),
        Start = result.GetValue(Start),
        Duration = result.GetValue(Duration),
    };

    /// <summary>The part of a coded video that options ask for.</summary>
    internal static VideoPart ReadPart(ParseResult result) => new(result.GetValue(Start) ?? TimeSpan.Zero, result.GetValue(Duration), result.GetValue(Frames));

    /// <summary>A rate as a fraction: 23.976, 29.97 and 59.94 are what they stand for.</summary>
    internal static FrameClock RateOf(double framesPerSecond)
    {
        double ntsc = Math.Round(framesPerSecond * 1.001);
        return framesPerSecond % 1 != 0 && Math.Abs((ntsc / 1.001) - framesPerSecond) < 0.005
            ? new FrameClock((int)ntsc * 1000, 1001)
            : new FrameClock((int)Math.Round(framesPerSecond * 1000), 1000) is { } exact && exact.Numerator % 1000 == 0 ? new FrameClock(exact.Numerator / 1000, 1) : exact;
    }

    /// <exception cref="UsageException">Options of videos were given, and there is a picture or a sound.</exception>
    internal static void RefuseForOthers(ParseResult result, string what)
    {
        if (Array.Find((Option[])[KeyInterval, Audio, Resume, Frames, Start, Duration], o => result.GetResult(o) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} is for videos; there is a {what}.");
        }
    }

    /// <exception cref="UsageException">Options of other media were given.</exception>
    internal static void RefuseTargets(bool bitsPerPixel, bool bytes, bool codebooks, bool packets)
    {
        if (bitsPerPixel || bytes || codebooks || packets)
        {
            throw new UsageException("--bpp, --bytes, --codebooks and --packets are not for videos.", "For video give -q, --psnr or --kbps.");
        }
    }

    private static int? ParseEffort(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int named = Array.IndexOf(s_efforts, text);
        if (named >= 0)
        {
            return 2 + (3 * named);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int effort) && effort is >= 1 and <= 9)
        {
            return effort;
        }

        result.AddError("--effort takes 1 to 9, fast, medium or slow.");
        return null;
    }

    private static TimeSpan? ParseTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double seconds = 0;
        bool isGood = text.Length > 0;
        foreach (string part in text.Split(':'))
        {
            isGood &= double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            seconds = (seconds * 60) + number;
        }

        if (isGood && seconds < TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        }

        result.AddError($"'{text}' is no time; write seconds such as 12.5, or h:mm:ss.");
        return null;
    }
}
