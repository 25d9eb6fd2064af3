using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>What a codec can make of one picture within a number of bytes, at full size and reduced.</summary>
/// <param name="codec">The codec.</param>
/// <param name="image">The picture as every codec gets it.</param>
internal sealed class Rival(IScaledContender codec, Image image)
{
    /// <summary>
    /// The reductions that are tried. An eighth is what it takes at 0.01 bit per pixel: no classical codec has a file that small for a larger
    /// part of a picture.
    /// </summary>
    public static readonly IReadOnlyList<int> Reductions = [1, 2, 4, 8];

    // Smaller pictures than this are no way out for anybody.
    private const int SmallestSide = 16;

    private readonly Dictionary<int, SizeSearch> _searches = [];
    private readonly Dictionary<(int Reduction, double Setting), PictureMeasurement> _measurements = [];

    /// <summary>The codec's short name.</summary>
    public string Name => codec.Name;

    /// <summary>The codec at full size: its largest file within the bytes, or its smallest.</summary>
    public RivalFile AtFullSize(long bytes, CancellationToken cancellation) => Try(1, bytes, cancellation);

    /// <summary>
    /// The best that the codec can do when the picture may be reduced first and enlarged after decoding: of the sizes whose file
    /// fits, the one with the best <see cref="PictureMeasure.Overall"/>; the smallest file where none fits.
    /// </summary>
    public RivalFile Reduced(long bytes, CancellationToken cancellation)
    {
        RivalFile? best = null;
        RivalFile? smallest = null;
        foreach (int reduction in Reductions.Where(r => r == 1 || Math.Min(image.Width, image.Height) / r >= SmallestSide))
        {
            RivalFile file = Try(reduction, bytes, cancellation);
            smallest = smallest is null || file.File.Length < smallest.File.Length ? file : smallest;
            if (file.File.Length > bytes)
            {
                continue;
            }

            if (best is not null && PictureMeasure.Overall(file.Measurement) < PictureMeasure.Overall(best.Measurement))
            {
                // Scores rise to the best size and fall after it.
                break;
            }

            best = file;
        }

        return best ?? smallest!;
    }

    /// <summary>Decodes a file of this picture and brings it back to its size.</summary>
    public Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) =>
        ImageResizer.Resize(PictureMeter.Prepare(codec.Decode(file, cancellation)), image.Width, image.Height);

    private RivalFile Try(int reduction, long bytes, CancellationToken cancellation)
    {
        if (!_searches.TryGetValue(reduction, out SizeSearch? search))
        {
            Image small = ImageResizer.Resize(image, (image.Width + reduction - 1) / reduction, (image.Height + reduction - 1) / reduction);
            search = new SizeSearch(codec, small);
            _searches.Add(reduction, search);
        }

        (double setting, byte[] data) = search.LargestWithin(bytes, cancellation);
        if (!_measurements.TryGetValue((reduction, setting), out PictureMeasurement? measurement))
        {
            measurement = PictureMeter.Compare(image, Decode(data, cancellation), data.Length, TimeSpan.Zero, TimeSpan.Zero);
            _measurements.Add((reduction, setting), measurement);
        }

        return new RivalFile(setting, reduction, data, measurement);
    }
}
