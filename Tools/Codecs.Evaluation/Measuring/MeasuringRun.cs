namespace Codecs.Evaluation;

/// <summary>Sends every file through every codec at every setting, one after the other, so that times mean something.</summary>
/// <remarks>A file that cannot be read, or that one codec cannot hold, is in no mean: all means are over the same files.</remarks>
internal sealed class MeasuringRun<TMedia, TItem, TMeasurement>
    where TItem : IEvaluatedMedium
    where TMeasurement : class
{
    private readonly IReadOnlyList<IMediaContender<TMedia>> _contenders;
    private readonly IMeter<TMedia, TItem, TMeasurement> _meter;
    private readonly EvaluationCache<TMeasurement>? _cache;
    private readonly HashSet<IContender> _warm = [];

    /// <param name="contenders">Codecs as <see cref="ContenderList.Check"/> wants them.</param>
    /// <param name="meter">Reads and measures.</param>
    /// <param name="cache">Measurements to use again and to add to, or null.</param>
    public MeasuringRun(IReadOnlyList<IMediaContender<TMedia>> contenders, IMeter<TMedia, TItem, TMeasurement> meter, EvaluationCache<TMeasurement>? cache)
    {
        (_contenders, _meter, _cache) = (contenders, meter, cache);
        Measurements = [.. contenders.Select(c => c.Ladder.Select(_ => new List<TMeasurement>()).ToArray())];
    }

    /// <summary>The files in every mean.</summary>
    public List<TItem> Items { get; } = [];

    /// <summary>The files in none.</summary>
    public List<SkippedFile> Skipped { get; } = [];

    /// <summary>By codec, setting and file.</summary>
    public List<TMeasurement>[][] Measurements { get; }

    /// <exception cref="MediaException">Not one file could be measured.</exception>
    /// <exception cref="ModelMismatchException">A codec's weights are missing or do not fit.</exception>
    public void Run(IReadOnlyList<string> files, string what, IProgress<CodecProgress>? progress, Action<string>? warn, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        long perFile = _contenders.Sum(c => c.Ladder.Count);
        var steps = new StepCounter(progress, files.Count * perFile);
        for (int f = 0; f < files.Count; f++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Add(files[f], steps, cancellation);
            }
            catch (CodecException error) when (error is not ModelMismatchException)
            {
                string name = Path.GetFileName(files[f]);
                Skipped.Add(new SkippedFile(name, error.Message));
                warn?.Invoke($"{name} is skipped: {error.Message}");
            }

            steps.Reach((f + 1) * perFile);
        }

        if (Items.Count == 0)
        {
            throw new MediaException($"None of the {files.Count} {what} could be measured; the first: {Skipped.FirstOrDefault()?.Reason}");
        }
    }

    private void Add(string file, StepCounter steps, CancellationToken cancellation)
    {
        (TItem item, TMedia media) = _meter.Read(file);
        var row = new TMeasurement[_contenders.Count][];

        // Anchors first: they are quick to refuse what they cannot hold, and a model may take hours.
        foreach (int c in Enumerable.Range(0, row.Length).OrderByDescending(c => _contenders[c].IsAnchor))
        {
            row[c] = [.. _contenders[c].Ladder.Select(setting => Measure(item, media, _contenders[c], setting, steps, cancellation))];
        }

        Items.Add(item);
        for (int c = 0; c < row.Length; c++)
        {
            for (int s = 0; s < row[c].Length; s++)
            {
                Measurements[c][s].Add(row[c][s]);
            }
        }
    }

    private TMeasurement Measure(
        TItem item, TMedia media, IMediaContender<TMedia> contender, double setting, StepCounter steps, CancellationToken cancellation)
    {
        steps.Begin(item.Name, contender, setting);
        string hash = item.Sha256 + _meter.Variant;
        TMeasurement? measurement = _cache?.Find(hash, contender, setting);
        if (measurement is null)
        {
            if (!_warm.Contains(contender))
            {
                // Loads weights, compiles code and fills the caches of kernels for this size, before anything is timed.
                _ = contender.Decode(contender.Encode(_meter.ForWarmUp(media), contender.Ladder[0], cancellation), cancellation);
                _warm.Add(contender);
            }

            measurement = _meter.Measure(contender, setting, media, cancellation);
            _cache?.Add(hash, contender, setting, measurement);
        }

        steps.End();
        return measurement;
    }
}
