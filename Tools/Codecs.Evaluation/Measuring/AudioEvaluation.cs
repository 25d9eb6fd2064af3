using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Measures codecs on sounds: real file sizes, waveform and spectral measures and time at every setting.</summary>
/// <remarks>
/// All codecs get the same samples without metadata. What comes back is brought to the original's sample rate, freed from the codec's delay and cut or
/// filled to the original's length. A sound that cannot be read, is silent, or that a codec cannot hold, is in no mean.
/// </remarks>
public sealed class AudioEvaluation
{
    private readonly IReadOnlyList<IAudioContender> _contenders;
    private readonly AudioEvaluationOptions _options;
    private readonly EvaluationCache<SoundMeasurement>? _cache;

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
    }

    /// <summary>The rates at which curves are read for tables, kbit/s.</summary>
    public static IReadOnlyList<double> TableRates { get; } = [16, 24, 32, 48, 64];

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
        var run = new MeasuringRun<Waveform, EvaluatedSound, SoundMeasurement>(_contenders, new SoundMeter(_options), _cache);
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

    private static AudioContenderResult Curve(IAudioContender contender, List<EvaluatedSound> sounds, List<SoundMeasurement>[] measurements)
    {
        AudioRatePoint[] points = [.. contender.Ladder.Select((setting, s) => Point(setting, sounds, measurements[s]))];
        return new AudioContenderResult(
            contender.Name,
            contender.Description,
            contender.SettingName,
            contender.IsAnchor,
            points,
            [.. TableRates.Select(rate => new ScoresAtRate(rate, AudioScores.Of(measure => At(points, measure, rate))))]);
    }

    private static double? At(AudioRatePoint[] points, AudioMeasure measure, double rate)
    {
        double? quality = RateDistortionCurve.Of(points, measure).QualityAt(rate);
        return measure.LowerIsBetter ? -quality : quality;
    }

    private static AudioRatePoint Point(double setting, List<EvaluatedSound> sounds, List<SoundMeasurement> measured) => new(
        setting,
        measured.Select((m, i) => m.Bytes * 8e-3 * sounds[i].SampleRate / sounds[i].Samples).Average(),
        AudioScores.Mean([.. measured.Select(m => m.Scores)]),
        measured.Average(m => m.EncodeSeconds),
        measured.Average(m => m.DecodeSeconds),
        measured);
}
