using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>A conventional picture codec at a chosen rate: what the neural codecs are compared with.</summary>
/// <remarks>Only pixels are stored, no metadata, so that file sizes can be compared.</remarks>
public sealed class ClassicalCodec
{
    private static readonly double[] s_qualities = [.. Enumerable.Range(1, 100)];

    // 100 would be lossless.
    private static readonly double[] s_avifQualities = [.. Enumerable.Range(1, 99)];

    // Equal steps of ratio, some 6 % each.
    private static readonly double[] s_distances = [.. Enumerable.Range(0, 101).Select(i => Math.Round(25 * Math.Pow(0.1 / 25, i / 100.0), 3))];

    private readonly ImageFormat _format;
    private readonly Func<double, (int Quality, (string Key, string Value)[] Settings)> _plan;
    private readonly Lazy<bool> _available;

    private ClassicalCodec(
        string name,
        string description,
        ImageFormat format,
        double[] ladder,
        Func<double, (int Quality, (string Key, string Value)[] Settings)> plan)
    {
        Name = name;
        Description = description;
        Ladder = ladder;
        _format = format;
        _plan = plan;
        _available = new Lazy<bool>(Probe);
    }

    /// <summary>Baseline JPEG, 4:2:0, optimised Huffman tables; setting: quality 1..100.</summary>
    public static ClassicalCodec Jpeg { get; } = new(
        "jpeg", "JPEG 4:2:0, optimised Huffman tables", ImageFormat.Jpeg, [5, 10, 20, 35, 50, 65, 80, 90, 95],
        q => ((int)q, [("jpeg:sampling-factor", "2x2,1x1,1x1"), ("jpeg:optimize-coding", "true")]));

    /// <summary>Lossy WebP, method 6; setting: quality 1..100.</summary>
    public static ClassicalCodec WebP { get; } = new(
        "webp", "WebP lossy, method 6", ImageFormat.WebP, [1, 10, 25, 45, 65, 80, 90, 97],
        q => ((int)q, [("webp:method", "6")]));

    /// <summary>AVIF, 4:4:4, encoder speed 6; setting: quality 1..99.</summary>
    public static ClassicalCodec Avif { get; } = new(
        "avif", "AVIF 4:4:4, speed 6", ImageFormat.Avif, [10, 20, 30, 40, 50, 60, 70, 80, 90],
        q => ((int)q, [("heic:chroma", "444"), ("heic:speed", "6")]));

    /// <summary>AVIF, 4:4:4, encoder speed 4: some six times the time of <see cref="Avif"/> for a few tenths of a decibel; setting: quality 1..99.</summary>
    public static ClassicalCodec AvifSlow { get; } = new(
        "avif-slow", "AVIF 4:4:4, speed 4", ImageFormat.Avif, [10, 20, 30, 40, 50, 60, 70, 80, 90],
        q => ((int)q, [("heic:chroma", "444"), ("heic:speed", "4")]));

    /// <summary>JPEG XL (VarDCT), effort 7; setting: Butteraugli distance 0.1..25, larger is a smaller file.</summary>
    public static ClassicalCodec Jxl { get; } = new(
        "jxl", "JPEG XL, effort 7", ImageFormat.Jxl, [15, 10, 7, 5, 3.5, 2.5, 1.5, 1, 0.6],
        d => (90, [("jxl:distance", d.ToString("R", CultureInfo.InvariantCulture)), ("jxl:effort", "7")]));

    /// <summary>The codecs of a usual comparison: jpeg, webp, avif, jxl. <see cref="AvifSlow"/> is left out for its time.</summary>
    public static IReadOnlyList<ClassicalCodec> All { get; } = [Jpeg, WebP, Avif, Jxl];

    /// <summary>Stable lower-case name for command lines and result files.</summary>
    public string Name { get; }

    /// <summary>Codec and fixed settings, for legends and tables.</summary>
    public string Description { get; }

    /// <summary>The settings of a rate curve, from the smallest file to the largest.</summary>
    public IReadOnlyList<double> Ladder { get; }

    /// <summary>All settings that a search for a size has to look at, from the smallest file to the largest; its ends are the codec's range.</summary>
    public IReadOnlyList<double> Scale => _format switch
    {
        ImageFormat.Jxl => s_distances,
        ImageFormat.Avif => s_avifQualities,
        _ => s_qualities,
    };

    /// <summary>True when this machine's library can encode and decode the format; found out by doing it once with a tiny picture.</summary>
    public bool IsAvailable => _available.Value;

    /// <summary>Finds a codec by name, or returns null.</summary>
    /// <param name="name">The name, such as "webp" or "avif-slow".</param>
    public static ClassicalCodec? Find(string name) =>
        All.Append(AvifSlow).FirstOrDefault(codec => codec.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Encodes the pixels of a picture.</summary>
    /// <param name="image">The picture; JPEG takes none with alpha.</param>
    /// <param name="setting">Quality or distance, see the codec's own remarks; usually an entry of <see cref="Ladder"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The setting is outside the codec's range.</exception>
    /// <exception cref="MediaException">The format cannot hold the picture, or the library lacks the encoder.</exception>
    public byte[] Encode(Image image, double setting)
    {
        ArgumentNullException.ThrowIfNull(image);
        (double low, double high) = (Math.Min(Scale[0], Scale[^1]), Math.Max(Scale[0], Scale[^1]));
        if (!(setting >= low && setting <= high))
        {
            throw new ArgumentOutOfRangeException(nameof(setting), setting, string.Create(CultureInfo.InvariantCulture, $"{Name} takes {low} to {high}."));
        }

        (int quality, (string Key, string Value)[] settings) = _plan(setting);
        return MagickWriter.EncodeBare(image, _format, quality, settings);
    }

    /// <summary>Decodes what <see cref="Encode"/> made.</summary>
    /// <param name="data">The encoded bytes.</param>
    /// <exception cref="MediaException">The bytes are damaged.</exception>
    public Image Decode(ReadOnlySpan<byte> data) => ImageFile.Read(data, name: $"({Name})").Image;

    private bool Probe()
    {
        try
        {
            var tiny = new Image(16, 16, ImageLayout.Rgb);
            Image back = Decode(Encode(tiny, Ladder[0]));
            return back.Width == tiny.Width && back.Height == tiny.Height;
        }
        catch (CodecException)
        {
            return false;
        }
    }
}
