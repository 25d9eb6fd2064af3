using System.Globalization;
using ImageMagick;

namespace Codecs.Training.Data;

/// <summary>Photographs decoded and scaled down once, then cut from a memory-mapped file: 8-bit RGB rows, one picture after another.</summary>
/// <remarks>
/// Scaling down by two or more removes most of what JPEG or WebP did to the originals; PNG files, screens above all, stay as they are. Each picture is stored at two scales.
/// Numbers of a picture in its <see cref="MappedStore"/>: width, height, held-out flag.
/// </remarks>
internal sealed class PhotoCache : IDisposable
{
    /// <summary>Where the shipped models' photographs come from, for their cards.</summary>
    internal const string Source =
        "Tools/get-media.sh photos: photographs from Debian packages (endless-sky-high-dpi, krank, gcompris-qt-data, lomiri-wallpapers, "
        + "mate-backgrounds, plasma-workspace-wallpapers, lxqt-themes, palapeli-data)";

    private const ulong Magic = 0x31454843414f5450; // "PTOACHE1"
    private const int Numbers = 3, HeldOutEvery = 40, SmallestSide = 256;
    private readonly MappedStore _store;
    private readonly Entry[] _entries;

    private PhotoCache(MappedStore store)
    {
        _store = store;
        _entries = [.. store.Items.Select(i => new Entry(i.Numbers[0], i.Numbers[1], i.Numbers[2] != 0, i.Offset))];
    }

    /// <summary>Pictures to train on.</summary>
    internal IEnumerable<Entry> Training => _entries.Where(e => !e.HeldOut);

    /// <summary>Pictures kept aside for the training log's yardstick.</summary>
    internal IEnumerable<Entry> HeldOut => _entries.Where(e => e.HeldOut);

    /// <summary>Opens the cache in the work folder, building it from the data folders first if it is missing.</summary>
    internal static PhotoCache Open(TrainingOptions options, Action<string> log) =>
        new(MappedStore.Open(Path.Combine(options.WorkFolder, "photos.cache"), Magic, Numbers, writer => Build(options, writer, log)));

    /// <summary>Copies a crop, top-down RGB rows.</summary>
    internal void Read(Entry picture, int x, int y, int width, int height, Span<byte> destination)
    {
        for (int row = 0; row < height; row++)
        {
            _store.Read(picture.Offset + ((((long)(y + row) * picture.Width) + x) * 3), destination.Slice(row * width * 3, width * 3));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static void Build(TrainingOptions options, MappedStoreWriter writer, Action<string> log)
    {
        string[] files = options.PictureFiles();
        long bytes = 0;
        for (int i = 0; i < files.Length; i++)
        {
            bool heldOut = i % HeldOutEvery == HeldOutEvery / 2;
            foreach (MagickImage picture in Scales(files[i], log))
            {
                using (picture)
                {
                    byte[] rgb = picture.GetPixels().ToByteArray(PixelMapping.RGB)!;
                    writer.Add(rgb, (int)picture.Width, (int)picture.Height, heldOut ? 1 : 0);
                    bytes += rgb.Length;
                }
            }

            if (i % 100 == 99)
            {
                log($"photo cache: {i + 1} of {files.Length} pictures");
            }
        }

        if (writer.Count == 0)
        {
            throw new MediaException(
                $"No readable photograph of at least {SmallestSide} pixels a side in {options.DescribeFolders()}; Tools/get-media.sh fetches some.");
        }

        log(string.Create(CultureInfo.InvariantCulture, $"photo cache: {writer.Count} pictures, {bytes / 3e6:F0} megapixels"));
    }

    // Mitchell's filter, not Lanczos': ordinary photographs are no sharper than this.
    // Lossy photographs of 1.5 megapixels and more are halved; smaller ones lose less. The second scale shows more of the scene per crop.
    private static IEnumerable<MagickImage> Scales(string file, Action<string> log)
    {
        MagickImage? source = null;
        try
        {
            source = new MagickImage(file);
            source.AutoOrient();
            source.TransformColorSpace(ColorProfiles.SRGB);
            source.ColorSpace = ColorSpace.sRGB;
            source.Alpha(AlphaAction.Remove);
        }
        catch (MagickException e)
        {
            log($"skipped '{file}': {e.Message}");
            source?.Dispose();
            yield break;
        }

        using (source)
        {
            double first = source.Format == MagickFormat.Png ? 1 : (double)source.Width * source.Height >= 1.5e6 ? 0.5 : 0.67;
            foreach (double scale in (double[])[first, first * 0.7])
            {
                uint width = (uint)(source.Width * scale), height = (uint)(source.Height * scale);
                if (Math.Min(width, height) < SmallestSide)
                {
                    continue;
                }

                var scaled = (MagickImage)source.Clone();
                scaled.FilterType = FilterType.Mitchell;
                scaled.Resize(new MagickGeometry(width, height) { IgnoreAspectRatio = true });
                yield return scaled;
            }
        }
    }

    internal readonly record struct Entry(int Width, int Height, bool HeldOut, long Offset);
}
