using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Evaluation;

/// <summary>Measures codecs on pictures: real file sizes, all measures and time at every setting.</summary>
/// <remarks>
/// All codecs get the same RGB samples (transparency laid over white, metadata dropped) and all means are over the same pictures: one that
/// cannot be read, or that a codec cannot hold, is in no mean. Everything runs one after the other, so that times mean something.
/// </remarks>
public sealed class ImageEvaluation
{
    private readonly IReadOnlyList<IImageContender> _contenders;
    private readonly EvaluationCache<PictureMeasurement>? _cache;

    /// <summary>Prepares an evaluation.</summary>
    /// <param name="contenders">The codecs, with different names and a setting each at least.</param>
    /// <param name="cache">Measurements to use again and to add to, or null.</param>
    /// <exception cref="ArgumentException">There is no codec, one has no setting, or two have the same name.</exception>
    public ImageEvaluation(IReadOnlyList<IImageContender> contenders, EvaluationCache<PictureMeasurement>? cache = null)
    {
        ContenderList.Check(contenders);
        (_contenders, _cache) = (contenders, cache);
    }

    /// <summary>The rates at which curves are read for tables, bits per pixel.</summary>
    public static IReadOnlyList<double> TableRates { get; } = [0.2, 0.25, 0.5, 0.75, 1.0, 1.5];

    /// <summary>Measures every codec at every setting on every picture.</summary>
    /// <param name="dataSet">What to call the pictures together.</param>
    /// <param name="files">Picture files.</param>
    /// <param name="progress">Receives what is being measured and how much of all is done.</param>
    /// <param name="warn">Receives a sentence for each picture that is skipped.</param>
    /// <param name="cancellation">Stops between measurements and where the codec can.</param>
    /// <exception cref="MediaException">Not one picture could be measured.</exception>
    /// <exception cref="ModelMismatchException">A codec's weights are missing or do not fit.</exception>
    public EvaluationResult Run(
        string dataSet,
        IReadOnlyList<string> files,
        IProgress<CodecProgress>? progress = null,
        Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        var run = new MeasuringRun<Image, EvaluatedPicture, PictureMeasurement>(_contenders, new PictureMeter(), _cache);
        run.Run(files, "pictures", progress, warn, cancellation);
        ContenderResult[] codecs = [.. _contenders.Select((contender, c) => Curve(contender, run.Items, run.Measurements[c]))];
        return new EvaluationResult
        {
            DataSet = dataSet,
            Created = DateTimeOffset.UtcNow,
            Software = RunStamp.Software,
            Machine = RunStamp.Machine,
            Pictures = run.Items,
            Skipped = run.Skipped,
            Codecs = codecs,
            Comparisons = [.. from codec in codecs where !codec.IsAnchor from anchor in codecs where anchor.IsAnchor select CurveComparer.Compare(codec, anchor)],
        };
    }

    private static ContenderResult Curve(IImageContender contender, List<EvaluatedPicture> pictures, List<PictureMeasurement>[] measurements)
    {
        RatePoint[] points = [.. contender.Ladder.Select((setting, s) => Point(setting, pictures, measurements[s]))];
        var result = new ContenderResult(contender.Name, contender.Description, contender.SettingName, contender.IsAnchor, points, []);
        RateDistortionCurve curve = RateDistortionCurve.OfPsnr(result);
        return result with { PsnrAtRates = [.. TableRates.Select(rate => new QualityAtRate(rate, curve.QualityAt(rate)))] };
    }

    private static RatePoint Point(double setting, List<EvaluatedPicture> pictures, List<PictureMeasurement> measured)
    {
        double similarity = measured.Average(m => m.MsSsim);
        double similarityDb = MsSsim.ToDecibels(similarity);
        return new RatePoint(
            setting,
            measured.Select((m, i) => 8.0 * m.Bytes / ((long)pictures[i].Width * pictures[i].Height)).Average(),
            measured.TrueForAll(m => m.PsnrDb is not null) ? measured.Average(m => m.PsnrDb!.Value) : null,
            similarity,
            double.IsFinite(similarityDb) ? similarityDb : null,
            measured.Average(m => m.EncodeSeconds),
            measured.Average(m => m.DecodeSeconds),
            measured)
        {
            Scores = PictureScores.Mean(measured),
        };
    }
}
