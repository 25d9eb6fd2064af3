using System.Globalization;
using System.Text.RegularExpressions;

namespace Codecs.Formats.Media;

/// <summary>Writes frames as PNG files, upright. They lie in a folder of their own until all are there.</summary>
internal sealed partial class PictureSink : IFrameSink
{
    private const string DefaultPattern = "frame%05d.png";

    private readonly string _folder;
    private readonly string _temporary;
    private readonly string _before;
    private readonly string _after;
    private readonly int _digits;
    private readonly List<string> _names = [];
    private readonly List<string> _warnings = [];

    /// <summary>A folder, or a pattern in one.</summary>
    public PictureSink(string path, VideoFormat format, VideoWriteOptions options)
    {
        bool isPattern = path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _folder = isPattern ? Path.GetDirectoryName(full)! : full;
        Match match = Pattern().Match(isPattern ? Path.GetFileName(full) : DefaultPattern);
        if (!match.Success)
        {
            throw new MediaException($"'{path}' names one picture; a video needs a pattern such as {DefaultPattern}, or a folder.");
        }

        (_before, _after) = (match.Groups[1].Value, match.Groups[3].Value);
        _digits = match.Groups[2].Length > 0 ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 1;
        string? home = Directory.Exists(_folder) ? _folder : Path.GetDirectoryName(_folder);
        if (!Directory.Exists(home) || (isPattern && home != _folder))
        {
            throw new MediaException($"'{path}' cannot be written: its folder does not exist.");
        }

        _warnings.AddRange(format.BitDepth > 8 ? [$"PNG is written with 8 of the {format.BitDepth} bits."] : []);
        _warnings.AddRange(options.Tracks.Count > 0 ? ["Pictures have no sound: it is left out."] : []);
        _temporary = PendingFile.NameFor(Path.Combine(home, Path.GetFileName(_folder)));
        Directory.CreateDirectory(_temporary);
    }

    public IReadOnlyList<string> Warnings => _warnings;

    public void Write(VideoFrame frame)
    {
        string number = (_names.Count + 1).ToString(CultureInfo.InvariantCulture).PadLeft(_digits, '0');
        string name = $"{_before}{number}{_after}";
        byte[] rgb = new byte[3 * frame.Format.Width * frame.Format.Height];
        VideoColor.ToRgb(frame, rgb);
        (byte[] turned, int width, int height) = Upright.Turn(rgb, frame.Format.Width, frame.Format.Height, frame.Format.Orientation);
        Image image = frame.Format.Chroma == ChromaFormat.Grey ? Grey(turned, width, height) : new Image(width, height, ImageLayout.Rgb, turned);
        _ = ImageFile.Write(image, Path.Combine(_temporary, name), ImageFormat.Png);
        _names.Add(name);
    }

    public void Complete()
    {
        Directory.CreateDirectory(_folder);
        foreach (string name in _names)
        {
            File.Move(Path.Combine(_temporary, name), Path.Combine(_folder, name), overwrite: true);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private static Image Grey(byte[] rgb, int width, int height)
    {
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = rgb[3 * i];
        }

        return new Image(width, height, ImageLayout.Gray, grey);
    }

    [GeneratedRegex(@"^([^%]*)%(?:0([1-9]))?d([^%]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
