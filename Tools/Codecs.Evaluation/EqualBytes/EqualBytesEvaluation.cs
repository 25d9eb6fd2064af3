using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Sets classical codecs against a codec under test at its own number of bytes, for rates at which their curves do not meet.</summary>
/// <remarks>
/// For each picture and setting every classical codec searches its knob for the largest file that is not above the file of the codec under
/// test; where even its smallest is larger, that one is taken and counted as too large. Each comes a second time as "(reduced)", with the
/// picture reduced to a half, a quarter or an eighth before and enlarged after, whatever is best: what a clever user would do.
/// </remarks>
public sealed class EqualBytesEvaluation
{
    private readonly IImageContender _codec;
    private readonly IReadOnlyList<IScaledContender> _rivals;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="codec">The codec under test.</param>
    /// <param name="rivals">What it is compared with; at least one.</param>
    /// <exception cref="ArgumentException">There is no rival, or two codecs have the same name.</exception>
    public EqualBytesEvaluation(IImageContender codec, IReadOnlyList<IScaledContender> rivals)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(rivals);
        ArgumentOutOfRangeException.ThrowIfZero(rivals.Count);
        ContenderList.Check([codec, .. rivals]);
        (_codec, _rivals) = (codec, rivals);
    }

    /// <summary>Compares at every setting of the codec under test.</summary>
    /// <param name="result">What was found out about the codec under test.</param>
    /// <param name="files">The picture files that were measured; others may be among them.</param>
    /// <param name="samples">Of so many pictures, the first ones, everything is written for looking at.</param>
    /// <param name="folder">The folder of the page; samples go into one in it.</param>
    /// <param name="progress">Receives what is being searched and how much of all is done.</param>
    /// <param name="cancellation">Stops between files and where a codec can.</param>
    /// <returns>The result with the comparison in it, and the samples for the page.</returns>
    /// <exception cref="ArgumentException">The result does not know the codec under test.</exception>
    /// <exception cref="CodecException">A file cannot be read or written, or a codec cannot hold a picture.</exception>
    public (EvaluationResult Result, IReadOnlyList<ViewingSheet> Samples) Run(
        EvaluationResult result,
        IReadOnlyList<string> files,
        int samples,
        string folder,
        IProgress<CodecProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(files);
        ContenderResult curve = result.Codecs.FirstOrDefault(c => c.Name == _codec.Name)
            ?? throw new ArgumentException($"The result has no curve of {_codec.Name}.", nameof(result));
        var steps = new StepCounter(progress, (long)result.Pictures.Count * curve.Points.Count * _rivals.Count);
        var table = new EqualBytesTable(curve, result.Pictures);
        var sheets = new List<ViewingSheet>();
        var writer = new ViewingSamples(folder);
        for (int i = 0; i < result.Pictures.Count; i++)
        {
            string name = result.Pictures[i].Name;
            Image image = PictureMeter.Prepare(ImageFile.Read(files.First(f => Path.GetFileName(f) == name)).Image);
            ViewingSheetBuilder? sheet = i < samples ? writer.Begin(i + 1, name, image) : null;
            Rival[] rivals = [.. _rivals.Select(r => new Rival(r, image))];
            foreach (RatePoint point in curve.Points)
            {
                PictureMeasurement ours = point.Pictures[i];
                sheet?.BeginPoint(curve, point.Setting);
                sheet?.Add(curve.Name, curve.Name, new EqualBytesFile(point.Setting, 1, ours), () => Decode(image, point.Setting, cancellation));
                foreach (Rival rival in rivals)
                {
                    steps.Begin(name, _codec, point.Setting);
                    Add(rival, reduced: false, rival.AtFullSize(ours.Bytes, cancellation));
                    Add(rival, reduced: true, rival.Reduced(ours.Bytes, cancellation));
                    steps.End();
                }

                void Add(Rival rival, bool reduced, RivalFile file)
                {
                    string shownAs = reduced ? $"{rival.Name} (reduced)" : rival.Name;
                    var entry = new EqualBytesFile(file.Setting, file.Reduction, file.Measurement);
                    table.Add(point.Setting, shownAs, entry);
                    sheet?.Add(rival.Name, shownAs, entry, () => rival.Decode(file.File, cancellation));
                }
            }

            if (sheet is not null)
            {
                sheets.Add(sheet.ToSheet());
            }
        }

        return (result with { EqualBytes = table.ToPoints() }, sheets);
    }

    private Image Decode(Image image, double setting, CancellationToken cancellation) =>
        PictureMeter.Prepare(_codec.Decode(_codec.Encode(image, setting, cancellation), cancellation));
}
