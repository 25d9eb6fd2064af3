namespace Codecs.Evaluation;

/// <summary>Gathers the files of a comparison at equal bytes and averages them.</summary>
/// <param name="codec">The curve of the codec under test.</param>
/// <param name="pictures">The pictures; files are added picture after picture.</param>
internal sealed class EqualBytesTable(ContenderResult codec, IReadOnlyList<EvaluatedPicture> pictures)
{
    private readonly Dictionary<(double Setting, string Name), List<EqualBytesFile>> _files = [];
    private readonly List<string> _names = [];

    /// <summary>Adds the answer of a classical codec to a setting of the codec under test.</summary>
    public void Add(double setting, string name, EqualBytesFile file)
    {
        if (!_files.TryGetValue((setting, name), out List<EqualBytesFile>? files))
        {
            _files.Add((setting, name), files = []);
            if (!_names.Contains(name))
            {
                _names.Add(name);
            }
        }

        files.Add(file);
    }

    public IReadOnlyList<EqualBytesPoint> ToPoints() => [.. codec.Points.Select(Point)];

    private EqualBytesPoint Point(RatePoint point)
    {
        EqualBytesEntry ours = Entry(codec.Name, [.. point.Pictures.Select(p => new EqualBytesFile(point.Setting, 1, p))], point.Pictures, isOurs: true);
        return new EqualBytesPoint(
            codec.Name,
            codec.SettingName,
            point.Setting,
            [ours, .. _names.Select(name => Entry(name, _files[(point.Setting, name)], point.Pictures, isOurs: false))]);
    }

    private EqualBytesEntry Entry(string name, IReadOnlyList<EqualBytesFile> files, IReadOnlyList<PictureMeasurement> ours, bool isOurs)
    {
        PictureMeasurement[] measured = [.. files.Select(f => f.Measurement)];
        return new EqualBytesEntry(
            name,
            measured.Average(m => (double)m.Bytes),
            measured.Select((m, i) => 8.0 * m.Bytes / ((long)pictures[i].Width * pictures[i].Height)).Average(),
            measured.Where((m, i) => m.Bytes > ours[i].Bytes).Count(),
            PictureMeasure.Psnr.Mean(measured),
            measured.Average(m => m.MsSsim),
            PictureScores.Mean(measured),
            isOurs ? null : PictureWins.Of(ours, measured),
            files);
    }
}
