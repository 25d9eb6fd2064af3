using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Evaluation;

/// <summary>Measures codecs on pictures: real file sizes, PSNR, MS-SSIM and time at every setting.</summary>
/// <remarks>
/// All codecs get the same RGB samples (transparency laid over white, metadata dropped) and all means are over the same pictures: one that
/// cannot be read, or that a codec cannot hold, is in no mean. Everything runs one after the other, so that times mean something.
/// </remarks>
public sealed class ImageEvaluation
{
    private readonly IReadOnlyList<IImageContender> _contenders;
    private readonly EvaluationCache? _cache;

    /// <summary>Prepares an evaluation.</summary>
    /// <param name="contenders">The codecs, with different names and a setting each at least.</param>
    /// <param name="cache">Measurements to use again and to add to, or null.</param>
    /// <exception cref="ArgumentException">There is no codec, one has no setting, or two have the same name.</exception>
    public ImageEvaluation(IReadOnlyList<IImageContender> contenders, EvaluationCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        if (contenders.Count == 0 || contenders.Any(c => c.Ladder.Count == 0) || contenders.DistinctBy(c => c.Name).Count() != contenders.Count)
        {
            throw new ArgumentException("At least one codec is needed, each with a name of its own and one setting or more.", nameof(contenders));
        }

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
        ArgumentNullException.ThrowIfNull(files);
        var pictures = new List<EvaluatedPicture>();
        var skipped = new List<SkippedPicture>();
        var measurements = _contenders.Select(c => c.Ladder.Select(_ => new List<PictureMeasurement>()).ToArray()).ToArray();
        var steps = new StepCounter(progress, (long)files.Count * _contenders.Sum(c => c.Ladder.Count));
        var warm = new HashSet<IImageContender>();
        for (int f = 0; f < files.Count; f++)
        {
            cancellation.ThrowIfCancellationRequested();
            string name = Path.GetFileName(files[f]);
            try
            {
                Image image = PictureMeter.Prepare(ImageFile.Read(files[f]).Image);
                var picture = new EvaluatedPicture(name, image.Width, image.Height, PictureMeter.Hash(image));
                PictureMeasurement[][] row = MeasurePicture(picture, image, warm, steps, cancellation);
                pictures.Add(picture);
                for (int c = 0; c < row.Length; c++)
                {
                    for (int s = 0; s < row[c].Length; s++)
                    {
                        measurements[c][s].Add(row[c][s]);
                    }
                }
            }
            catch (CodecException error) when (error is not ModelMismatchException)
            {
                skipped.Add(new SkippedPicture(name, error.Message));
                warn?.Invoke($"{name} is skipped: {error.Message}");
            }

            steps.Reach((long)(f + 1) * _contenders.Sum(c => c.Ladder.Count));
        }

        return pictures.Count > 0
            ? Summarize(dataSet, pictures, skipped, measurements)
            : throw new MediaException($"None of the {files.Count} pictures could be measured; the first: {skipped.FirstOrDefault()?.Reason}");
    }

    private PictureMeasurement[][] MeasurePicture(
        EvaluatedPicture picture, Image image, HashSet<IImageContender> warm, StepCounter steps, CancellationToken cancellation)
    {
        var row = new PictureMeasurement[_contenders.Count][];
        for (int c = 0; c < row.Length; c++)
        {
            IImageContender contender = _contenders[c];
            row[c] = new PictureMeasurement[contender.Ladder.Count];
            for (int s = 0; s < row[c].Length; s++)
            {
                double setting = contender.Ladder[s];
                steps.Begin(picture.Name, contender, setting);
                if (_cache?.Find(picture.Sha256, contender, setting) is not { } measurement)
                {
                    if (!warm.Contains(contender))
                    {
                        PictureMeter.WarmUp(contender, image, cancellation);
                        warm.Add(contender);
                    }

                    measurement = PictureMeter.Measure(contender, setting, image, cancellation);
                    _cache?.Add(picture.Sha256, contender, setting, measurement);
                }

                row[c][s] = measurement;
                steps.End();
            }
        }

        return row;
    }

    private EvaluationResult Summarize(
        string dataSet, List<EvaluatedPicture> pictures, List<SkippedPicture> skipped, List<PictureMeasurement>[][] measurements)
    {
        ContenderResult[] codecs = [.. _contenders.Select((contender, c) => Curve(contender, pictures, measurements[c]))];
        return new EvaluationResult
        {
            DataSet = dataSet,
            Created = DateTimeOffset.UtcNow,
            Software = $"codecs {typeof(ImageEvaluation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}",
            Machine = string.Create(
                CultureInfo.InvariantCulture, $"{RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}"),
            Pictures = pictures,
            Skipped = skipped,
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
            measured);
    }
}
