using System.Diagnostics;
using Codecs.Cli.Output;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>Shows how far a video has come: in the live display, as JSON lines, or as a line now and then where nobody looks on.</summary>
internal sealed class VideoProgressDisplay(string name, Session session, IProgress<CodecProgress>? display) : IProgress<VideoProgress>
{
    private const int Shares = 10_000;
    private static readonly TimeSpan s_linePause = TimeSpan.FromSeconds(10);
    private long _lastLine = Stopwatch.GetTimestamp();

    /// <summary>What was reported last.</summary>
    internal VideoProgress? Last { get; private set; }

    /// <summary>In words, without the name.</summary>
    internal static string Describe(VideoProgress progress)
    {
        var parts = new List<string>();
        if (progress.PsnrDb is { } db)
        {
            parts.Add(double.IsFinite(db) ? $"{Units.Number(db, "0.00")} dB" : "no loss");
            parts.Add($"{Units.Number(progress.KilobitsPerSecond, "0")} kbit/s");
        }

        parts.Add(progress.ProjectedBytes is { } all ? $"{Units.Bytes(progress.Bytes)} of about {Units.Bytes(all)}" : Units.Bytes(progress.Bytes));
        if (progress.SecondsLeft is { } left)
        {
            parts.Add($"{Units.Seconds(left)} left");
        }

        return string.Join(", ", parts);
    }

    /// <inheritdoc/>
    public void Report(VideoProgress value)
    {
        Last = value;
        display?.Report(new CodecProgress(Describe(value), (long)(value.Fraction * Shares), value.FrameCount is null ? 0 : Shares));
        if (value.Group is null || session.Terminal.IsLive)
        {
            return;
        }

        if (session.Json)
        {
            session.Terminal.Line(VideoProgressReport.Of(name, value).ToLine());
        }
        else if (Stopwatch.GetElapsedTime(_lastLine) > s_linePause)
        {
            _lastLine = Stopwatch.GetTimestamp();
            session.Terminal.Line($"{name}: {value.FramesDone}{(value.FrameCount is { } count ? $" of {count}" : "")} frames, {Describe(value)}");
        }
    }
}
