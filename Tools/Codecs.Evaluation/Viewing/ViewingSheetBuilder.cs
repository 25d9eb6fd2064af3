using System.Globalization;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Gathers the samples of one picture. The same file of the same codec is written once, however often it is shown.</summary>
/// <param name="name">File name of the picture.</param>
/// <param name="original">Where its original was written.</param>
/// <param name="write">Writes a decoded picture, given codec and setting, and returns where to.</param>
internal sealed class ViewingSheetBuilder(string name, string original, Func<string, string, Image, string> write)
{
    private readonly List<(string SettingName, double Setting, List<ViewingSample> Samples)> _points = [];
    private readonly Dictionary<(string Codec, double Setting, int Reduction), string> _written = [];

    /// <summary>Begins a setting of the codec under test.</summary>
    public void BeginPoint(ContenderResult codec, double setting) => _points.Add((codec.SettingName, setting, []));

    /// <summary>Adds a sample to the setting that was begun last.</summary>
    /// <param name="codec">The codec that encodes.</param>
    /// <param name="shownAs">What to call it.</param>
    /// <param name="picture">Setting, size and scores.</param>
    /// <param name="decode">Decodes the picture.</param>
    public void Add(string codec, string shownAs, EqualBytesFile picture, Func<Image> decode)
    {
        if (!_written.TryGetValue((codec, picture.Setting, picture.Reduction), out string? file))
        {
            string setting = picture.Setting.ToString("0.###", CultureInfo.InvariantCulture) + (picture.Reduction == 1 ? "" : $"-reduced{picture.Reduction}");
            file = write(codec, setting, decode());
            _written.Add((codec, picture.Setting, picture.Reduction), file);
        }

        _points[^1].Samples.Add(new ViewingSample(shownAs, picture, file));
    }

    public ViewingSheet ToSheet() => new(name, original, [.. _points.Select(p => new ViewingPoint(p.SettingName, p.Setting, p.Samples))]);
}
