namespace Codecs.Evaluation;

/// <summary>Measures codecs on videos: real file sizes, PSNR, MS-SSIM and time at every setting.</summary>
/// <remarks>
/// All codecs get the same frames, 8-bit 4:2:0 of the size that was asked for, without sound; classical ones are counted by their bare bitstreams, ours by whole
/// .ncf files. Everything runs one after the other, so that times mean something. A video that cannot be read, or that a codec cannot hold, is in no mean.
/// </remarks>
public sealed class VideoEvaluation
{
    private readonly IReadOnlyList<IVideoContender> _contenders;
    private readonly EvaluationCache<VideoMeasurement>? _cache;
    private readonly VideoMeter _meter;

    /// <summary>Prepares an evaluation.</summary>
    /// <param name="contenders">The codecs, with different names and a setting each at least.</param>
    /// <param name="options">What is measured; defaults when null.</param>
    /// <param name="cache">Measurements to use again and to add to, or null.</param>
    /// <exception cref="ArgumentException">There is no codec, one has no setting, or two have the same name.</exception>
    public VideoEvaluation(
        IReadOnlyList<IVideoContender> contenders, VideoEvaluationOptions? options = null, EvaluationCache<VideoMeasurement>? cache = null)
    {
        ContenderList.Check(contenders);
        (_contenders, _cache, _meter) = (contenders, cache, new VideoMeter(options ?? new()));
    }

    /// <summary>Length of a sample for watching at most.</summary>
    public const double SampleSeconds = 4;

    /// <summary>Measures every codec at every setting on every video.</summary>
    /// <param name="dataSet">What to call the videos together.</param>
    /// <param name="files">Video files.</param>
    /// <param name="progress">Receives what is being measured and how much of all is done.</param>
    /// <param name="warn">Receives a sentence for each video that is skipped.</param>
    /// <param name="cancellation">Stops between measurements and where the codec can.</param>
    /// <exception cref="MediaException">Not one video could be measured.</exception>
    /// <exception cref="ModelMismatchException">A codec's weights are missing or do not fit.</exception>
    public VideoEvaluationResult Run(
        string dataSet,
        IReadOnlyList<string> files,
        IProgress<CodecProgress>? progress = null,
        Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        var run = new MeasuringRun<VideoClip, EvaluatedClip, VideoMeasurement>(_contenders, _meter, _cache);
        run.Run(files, "videos", progress, warn, cancellation);
        VideoContenderResult[] codecs = [.. _contenders.Select((contender, c) => new VideoContenderResult(
            contender.Name,
            contender.Description,
            contender.SettingName,
            contender.IsAnchor,
            [.. contender.Ladder.Select((setting, s) => Point(setting, run.Items, run.Measurements[c][s]))]))];
        return new VideoEvaluationResult
        {
            DataSet = dataSet,
            Created = DateTimeOffset.UtcNow,
            Software = RunStamp.Software,
            Machine = RunStamp.Machine,
            Clips = run.Items,
            Skipped = run.Skipped,
            Codecs = codecs,
            Comparisons = [.. from codec in codecs where !codec.IsAnchor from anchor in codecs where anchor.IsAnchor select VideoComparer.Compare(codec, anchor)],
        };
    }

    /// <summary>Writes the beginnings of originals and of what codecs make of them, for watching: at each setting of the first codec under test it and, of each other
    /// codec, the setting with the nearest bytes.</summary>
    /// <remarks>Codecs work once more where the file that was measured is gone. Clips end after <see cref="SampleSeconds"/>.</remarks>
    /// <param name="result">What <see cref="Run"/> found out about the files.</param>
    /// <param name="files">The same files.</param>
    /// <param name="count">So many of the videos that were measured, the first ones.</param>
    /// <param name="folder">The folder of the page; samples go into one in it.</param>
    /// <param name="progress">Receives what is being written and how much of all is done.</param>
    /// <param name="cancellation">Stops between samples and where the codec can.</param>
    /// <exception cref="MediaException">A video cannot be read or written.</exception>
    public IReadOnlyList<WatchingSheet> WriteSamples(
        VideoEvaluationResult result, IReadOnlyList<string> files, int count, string folder, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(files);
        string[] chosen = [.. result.Clips.Take(count).Select(c => files.First(f => Path.GetFileName(f) == c.Name))];
        return new WatchingSamples(_contenders, _meter, folder).Write(result, chosen, progress, cancellation);
    }

    private static VideoRatePoint Point(double setting, List<EvaluatedClip> clips, List<VideoMeasurement> measured)
    {
        double frames = clips.Sum(c => (double)c.Frames);
        return new VideoRatePoint(
            setting,
            measured.Average(m => m.BitsPerPixel),
            measured.Select((m, i) => m.Bytes * 8e-3 * clips[i].FramesPerSecond / clips[i].Frames).Average(),
            measured.Average(m => m.PsnrYuvDb),
            measured.Average(m => m.PsnrYDb),
            measured.Average(m => m.PsnrRgbDb),
            measured.Average(m => m.MsSsim),
            measured.Sum(m => m.EncodeSeconds) / frames,
            measured.Sum(m => m.DecodeSeconds) / frames,
            measured);
    }
}
