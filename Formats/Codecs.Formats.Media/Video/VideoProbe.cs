namespace Codecs.Formats.Media;

/// <summary>What ffprobe finds out about a source of video.</summary>
/// <param name="Info">The video as it will be read.</param>
/// <param name="Plan">How it is read.</param>
/// <param name="Tracks">The streams that are no video.</param>
/// <param name="Warnings">What is left out.</param>
internal sealed record VideoProbe(VideoInfo Info, VideoReadPlan Plan, IReadOnlyList<ProbedStream> Tracks, IReadOnlyList<string> Warnings)
{
    /// <summary>The unit to which the container rounds times.</summary>
    public double TickSeconds { get; private init; }

    private const int MaxJsonBytes = 16 << 20;

    /// <summary>Below it ffmpeg has only guessed.</summary>
    private const int MinProbeScore = 10;

    /// <summary>Packets whose times are compared with the rate where a header cannot be believed.</summary>
    private const int ComparedPackets = 128;

    /// <summary>Reads the header.</summary>
    /// <exception cref="MediaException">The source is no video, or ffprobe is missing.</exception>
    /// <exception cref="LimitExceededException">The frames are too large.</exception>
    public static VideoProbe Analyze(MediaSource source, VideoReadOptions options)
    {
        ProbedVideo probed = Describe(source);
        ProbedStream stream = probed.Streams.FirstOrDefault(s => s.IsVideo) ?? throw new MediaException($"'{source.Name}' holds no video.");
        VideoReadPlan plan = VideoReadPlan.Make(stream, options, source.Name);
        bool isExact = stream.NbFrames > 0 || probed.Format.FormatName == "yuv4mpegpipe";
        (FrameClock clock, FrameClock rate, bool isVariable) = FrameRates.Judge(
            stream, isExact,
            () => ProbedVideo.Parse(Run(VideoArguments.ProbePackets(source, VideoArguments.Text(stream.Index), ComparedPackets), source), source.Name).Packets);
        ProbedStream[] tracks = [.. probed.Streams.Where(s => s.CodecType is "audio" or "subtitle" && s.CodecName is not null)];
        double? seconds = stream.Duration ?? probed.Format.Duration;
        var info = new VideoInfo(plan.Format, clock, rate)
        {
            IsVariableRate = isVariable,
            FrameCount = stream.NbFrames,
            DurationSeconds = seconds is >= 0 && double.IsFinite(seconds.Value) ? seconds : null,
            AudioCodec = tracks.FirstOrDefault(s => s.CodecType == "audio")?.CodecName,
            Codec = stream.CodecName ?? "unknown",
            Container = probed.Format.FormatName,
            SubtitleCount = tracks.Count(s => s.CodecType == "subtitle"),
        };
        return new VideoProbe(info, plan, tracks, Warn(stream, probed, source.Name))
        {
            TickSeconds = FrameRates.TryParse(stream.TimeBase, '/', out FrameClock tick) ? tick.TicksPerSecond : 0,
        };
    }

    /// <summary>The tracks of a file that has no video of interest.</summary>
    /// <exception cref="MediaException">It is no media file, or ffprobe is missing.</exception>
    public static IReadOnlyList<ProbedStream> AnalyzeTracks(MediaSource source)
    {
        ProbedVideo probed = ProbedVideo.Parse(Run(VideoArguments.Probe(source, tracksOnly: true), source), source.Name);
        return [.. probed.Streams.Where(s => s.CodecType is "audio" or "subtitle" && s.CodecName is not null)];
    }

    private static ProbedVideo Describe(MediaSource source)
    {
        byte[] json;
        try
        {
            json = Run(VideoArguments.Probe(source), source);
        }
        catch (MediaException error) when (source.IsStream && FfmpegLocation.Options.BinaryFolder.Length > 0)
        {
            throw new MediaException($"{error.Message} Some files (MP4 with its index at the end) cannot be read from a stream: name the file instead.", error);
        }

        ProbedVideo probed = ProbedVideo.Parse(json, source.Name);
        return probed.Format.ProbeScore >= MinProbeScore ? probed : throw new MediaException($"'{source.Name}' is no video file of a known format.");
    }

    private static byte[] Run(string[] arguments, MediaSource source) =>
        FfmpegProcess.Run(FfmpegLocation.Ffprobe, arguments, source.Head, MaxJsonBytes, source.Name);

    private static List<string> Warn(ProbedStream stream, ProbedVideo probed, string name)
    {
        var warnings = new List<string>();
        if (PixelFormats.Find(stream.PixFmt)!.HasAlpha || stream.Tags?.GetValueOrDefault("alpha_mode") == "1")
        {
            warnings.Add($"The transparency of '{name}' is left out.");
        }

        if (probed.Streams.Count(s => s.IsVideo) is > 1 and var count)
        {
            warnings.Add($"'{name}' has {count} video tracks; the first one is read.");
        }

        return warnings;
    }
}
