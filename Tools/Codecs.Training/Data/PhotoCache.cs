using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using ImageMagick;

namespace Codecs.Training.Data;

/// <summary>Photographs decoded and scaled down once, then cut from a memory-mapped file: 8-bit RGB rows, one picture after another.</summary>
/// <remarks>
/// Scaling down by two or more removes most of what JPEG or WebP did to the originals. Each picture is stored at two scales.
/// File: magic u64, count u32, then per picture width i32, height i32, held-out flag i32, offset i64; then the pixels.
/// </remarks>
public sealed class PhotoCache : IDisposable
{
    /// <summary>Where the shipped models' photographs come from, for their cards.</summary>
    internal const string Source =
        "Tools/get-media.sh photos: photographs from Debian packages (endless-sky-high-dpi, krank, gcompris-qt-data, lomiri-wallpapers, "
        + "mate-backgrounds, plasma-workspace-wallpapers, lxqt-themes, palapeli-data)";

    private const ulong Magic = 0x31454843414f5450; // "PTOACHE1"
    private const int EntryBytes = 20;
    private const int HeldOutEvery = 40;
    private const int SmallestSide = 256;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly List<Entry> _entries = [];

    private PhotoCache(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        if (_view.ReadUInt64(0) != Magic)
        {
            throw new MediaException($"'{path}' is not a photo cache; delete it and start again.");
        }

        int count = _view.ReadInt32(8);
        for (int i = 0; i < count; i++)
        {
            long at = 12 + ((long)i * EntryBytes);
            _entries.Add(new Entry(_view.ReadInt32(at), _view.ReadInt32(at + 4), _view.ReadInt32(at + 8) != 0, _view.ReadInt64(at + 12)));
        }
    }

    /// <summary>Pictures to train on.</summary>
    internal IEnumerable<Entry> Training => _entries.Where(e => !e.HeldOut);

    /// <summary>Pictures kept aside for the training log's yardstick.</summary>
    internal IEnumerable<Entry> HeldOut => _entries.Where(e => e.HeldOut);

    /// <summary>Opens the cache of a folder, building it first if it is missing.</summary>
    /// <param name="folder">Folder with photographs, searched with its subfolders.</param>
    /// <param name="cachePath">Where the cache is or will be.</param>
    /// <param name="log">Receives one line per hundred pictures.</param>
    public static PhotoCache Open(string folder, string cachePath, Action<string> log)
    {
        if (!File.Exists(cachePath))
        {
            Build(folder, cachePath, log);
        }

        return new PhotoCache(cachePath);
    }

    /// <summary>Copies a crop, top-down RGB rows.</summary>
    internal void Read(Entry picture, int x, int y, int width, int height, Span<byte> destination)
    {
        unsafe
        {
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            try
            {
                for (int row = 0; row < height; row++)
                {
                    long at = picture.Offset + ((((long)(y + row) * picture.Width) + x) * 3);
                    new Span<byte>(start + at, width * 3).CopyTo(destination.Slice(row * width * 3, width * 3));
                }
            }
            finally
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static void Build(string folder, string cachePath, Action<string> log)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        string part = cachePath + ".part", pixels = cachePath + ".pixels";
        var entries = new List<Entry>();
        long offset = 0;
        using (var output = new FileStream(pixels, FileMode.Create))
        {
            for (int i = 0; i < files.Length; i++)
            {
                bool heldOut = i % HeldOutEvery == HeldOutEvery / 2;
                foreach (MagickImage picture in Scales(files[i], log))
                {
                    using (picture)
                    {
                        byte[] rgb = picture.GetPixels().ToByteArray(PixelMapping.RGB)!;
                        entries.Add(new Entry((int)picture.Width, (int)picture.Height, heldOut, offset));
                        output.Write(rgb);
                        offset += rgb.Length;
                    }
                }

                if (i % 100 == 99)
                {
                    log($"photo cache: {i + 1} of {files.Length} pictures");
                }
            }
        }

        if (entries.Count == 0)
        {
            throw new MediaException($"No readable photograph of at least {SmallestSide} pixels a side in '{folder}'; Tools/get-media.sh fetches some.");
        }

        using (var output = new FileStream(part, FileMode.Create))
        {
            Span<byte> head = stackalloc byte[EntryBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], entries.Count);
            output.Write(head[..12]);
            long start = 12 + ((long)entries.Count * EntryBytes);
            foreach (Entry e in entries)
            {
                BinaryPrimitives.WriteInt32LittleEndian(head, e.Width);
                BinaryPrimitives.WriteInt32LittleEndian(head[4..], e.Height);
                BinaryPrimitives.WriteInt32LittleEndian(head[8..], e.HeldOut ? 1 : 0);
                BinaryPrimitives.WriteInt64LittleEndian(head[12..], start + e.Offset);
                output.Write(head);
            }

            using var input = new FileStream(pixels, FileMode.Open);
            input.CopyTo(output);
        }

        File.Delete(pixels);
        File.Move(part, cachePath, overwrite: true);
        log($"photo cache: {entries.Count} pictures, {offset / 3e6:F0} megapixels");
    }

    // Mitchell's filter, not Lanczos': ordinary photographs are no sharper than this.
    // Photographs of 1.5 megapixels and more are halved; smaller ones lose less. The second scale shows more of the scene per crop.
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
            double first = (double)source.Width * source.Height >= 1.5e6 ? 0.5 : 0.67;
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
