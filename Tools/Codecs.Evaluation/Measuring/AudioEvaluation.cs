using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Measures codecs on sounds: real file sizes, waveform and spectral measures and time at every setting.</summary>
/// <remarks>
/// All codecs get the same samples without metadata. What comes back is brought to the original's sample rate, freed from the codec's delay and cut or
/// filled to the original's length. Speech is mixed to one channel first. A sound that cannot be read, is silent, or that a codec cannot hold, is in no mean.
/// </remarks>
public sealed class AudioEvaluation
{
    private readonly IReadOnlyList<IAudioContender> _contenders;
    private readonly AudioEvaluationOptions _options;
    private readonly EvaluationCache<SoundMeasurement>? _cache;
    private readonly SoundTrip _trip = new();
    private readonly SoundMeter _meter;

    /// <summary>Prepares an evaluation.</summary>
    /// <param name="contenders">The codecs, with different names and a setting each at least.</param>
    /// <param name="options">What is measured; defaults when null.</param>
    /// <param name="cache">Measurements to use again and to add to, or null.</param>
    /// <exception cref="ArgumentException">There is no codec, one has no setting, or two have the same name.</exception>
    public AudioEvaluation(
        IReadOnlyList<IAudioContender> contenders, AudioEvaluationOptions? options = null, EvaluationCache<SoundMeasurement>? cache = null)
    {
        ContenderList.Check(contenders);
        (_contenders, _options, _cache) = (contenders, options ?? new(), cache);
        _meter = new SoundMeter(_options, _trip);
    }

    /// <summary>The rates at which curves are read for tables, kbit/s.</summary>
    public static IReadOnlyList<double> TableRates { get; } = [16, 24, 32, 48, 64];

    /// <summary>The same for speech.</summary>
    public static IReadOnlyList<double> SpeechTableRates { get; } = [1.5, 3, 4.5, 6, 8, 12, 16, 24];

    /// <summary>Measures every codec at every setting on every sound.</summary>
    /// <param name="dataSet">What to call the sounds together.</param>
    /// <param name="files">Sound files.</param>
    /// <param name="progress">Receives what is being measured and how much of all is done.</param>
    /// <param name="warn">Receives a sentence for each sound that is skipped.</param>
    /// <param name="cancellation">Stops between measurements and where the codec can.</param>
    /// <exception cref="MediaException">Not one sound could be measured.</exception>
    /// <exception cref="ModelMismatchException">A codec's weights are missing or do not fit.</exception>
    public AudioEvaluationResult Run(
        string dataSet,
        IReadOnlyList<string> files,
        IProgress<CodecProgress>? progress = null,
        Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        var run = new MeasuringRun<Waveform, EvaluatedSound, SoundMeasurement>(_contenders, _meter, _cache);
        run.Run(files, "sounds", progress, warn, cancellation);
        AudioContenderResult[] codecs = [.. _contenders.Select((contender, c) => Curve(contender, run.Items, run.Measurements[c]))];
        return new AudioEvaluationResult
        {
            DataSet = dataSet,
            Created = DateTimeOffset.UtcNow,
            Software = RunStamp.Software,
            Machine = RunStamp.Machine,
            Speech = _options.Speech,
            Sounds = run.Items,
            Skipped = run.Skipped,
            Codecs = codecs,
            Comparisons = [.. from codec in codecs where !codec.IsAnchor from anchor in codecs where anchor.IsAnchor select CurveComparer.Compare(codec, anchor)],
        };
    }

    /// <summary>Writes the originals and what each codec makes of them at every setting, for listening.</summary>
    /// <remarks>Every codec works once more: kept measurements have no sound. Clips end after <see cref="ListeningSamples.Seconds"/>.</remarks>
    /// <param name="result">What <see cref="Run"/> found out about the files.</param>
    /// <param name="files">The same files.</param>
    /// <param name="count">So many of the sounds that were measured, the first ones.</param>
    /// <param name="folder">The folder of the page; samples go into one in it.</param>
    /// <param name="progress">Receives what is being written and how much of all is done.</param>
    /// <param name="cancellation">Stops between samples and where the codec can.</param>
    /// <exception cref="MediaException">A sound cannot be read or written.</exception>
    public IReadOnlyList<ListeningClip> WriteSamples(
        AudioEvaluationResult result, IReadOnlyList<string> files, int count, string folder, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(files);
        string[] chosen = [.. result.Sounds.Take(count).Select(s => files.First(f => Path.GetFileName(f) == s.Name))];
        return new ListeningSamples(_contenders, _meter, _trip, folder).Write(chosen, progress, cancellation);
    }

    private AudioContenderResult Curve(IAudioContender contender, List<EvaluatedSound> sounds, List<SoundMeasurement>[] measurements)
    {
        AudioRatePoint[] points = [.. contender.Ladder.Select((setting, s) => Point(setting, sounds, measurements[s]))];
        return new AudioContenderResult(
            contender.Name,
            contender.Description,
            contender.SettingName,
            contender.IsAnchor,
            points,
            [.. (_options.Speech ? SpeechTableRates : TableRates).Select(rate => new ScoresAtRate(rate, AudioScores.Of(measure => At(points, measure, rate))))]);
    }

    private static double? At(AudioRatePoint[] points, AudioMeasure measure, double rate)
    {
        double? quality = RateDistortionCurve.Of(points, measure).QualityAt(rate);
        return measure.LowerIsBetter ? -quality : quality;
    }

    private static AudioRatePoint Point(double setting, List<EvaluatedSound> sounds, List<SoundMeasurement> measured)
    {
        double[] seconds = [.. sounds.Select(s => (double)s.Samples / s.SampleRate)];
        return new AudioRatePoint(
            setting,
            measured.Select((m, i) => m.Bytes * 8e-3 / seconds[i]).Average(),
            AudioScores.Mean([.. measured.Select(m => m.Scores)]),
            measured.Average(m => m.EncodeSeconds),
            measured.Average(m => m.DecodeSeconds),
            measured)
        {
            EncodeSpeed = Speed(seconds.Sum(), measured.Sum(m => m.EncodeSeconds)),
            DecodeSpeed = Speed(seconds.Sum(), measured.Sum(m => m.DecodeSeconds)),
        };
    }

    private static double? Speed(double seconds, double workSeconds) => workSeconds > 0 ? RoundedConverter.Round(seconds / workSeconds) : null;
}
