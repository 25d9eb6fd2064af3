using System.Globalization;
using Codecs.Formats.Media;

namespace Codecs.Training.Data;

/// <summary>Videos decoded and scaled down once, then cut from a memory-mapped file: raw frames, 8-bit 4:2:0, one clip after another.</summary>
/// <remarks>
/// Clips of more than 640 columns are halved until they have no more, which takes most of what their codec did to them; where enough is left they are stored a
/// second time, at two thirds of that. Numbers of a clip in its <see cref="MappedStore"/>: width, height, frames.
/// </remarks>
internal sealed class VideoCache : IDisposable
{
    /// <summary>Where the shipped model's videos come from, for its card.</summary>
    internal const string Source =
        "Tools/get-media.sh video: clips from Debian packages (python3-imageio, opencv-doc, python3-mecavideo, lebiniou-data)";

    /// <summary>Their licences, for its card.</summary>
    internal const string Licences =
        "BSD-2-Clause (python3-imageio), Apache-2.0 and BSD-3-Clause (opencv-doc), GPL-3 (python3-mecavideo), GPL-2+ (lebiniou-data)";

    private const ulong Magic = 0x3145484341434956; // "VICACHE1"
    private const int Numbers = 3, MostColumns = 640, FewestFrames = 9, MostFrames = 400, SmallestSide = 160, SecondScaleRows = 240;
    private const long MostBytes = 1 << 30;
    private readonly MappedStore _store;

    private VideoCache(MappedStore store)
    {
        _store = store;
        Clips = [.. store.Items.Select(i => new Clip(i.Numbers[0], i.Numbers[1], i.Numbers[2], i.Offset))];
    }

    /// <summary>All clips.</summary>
    internal IReadOnlyList<Clip> Clips { get; }

    /// <summary>Opens the cache in the work folder, building it from the data folders first if it is missing.</summary>
    internal static VideoCache Open(TrainingOptions options, Action<string> log) =>
        new(MappedStore.Open(Path.Combine(options.WorkFolder, "videos.cache"), Magic, Numbers, writer => Build(options, writer, log)));

    /// <summary>Cuts a square out of a frame.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="frame">Number of the frame.</param>
    /// <param name="x">First column, even.</param>
    /// <param name="y">First row, even.</param>
    /// <param name="size">Columns and rows, even.</param>
    internal VideoFrame Read(Clip clip, int frame, int x, int y, int size)
    {
        VideoFormat whole = new(clip.Width, clip.Height, ChromaFormat.Yuv420), format = new(size, size, ChromaFormat.Yuv420);
        var cut = new VideoFrame(format, new byte[format.FrameBytes]);
        long plane = clip.Offset + (frame * whole.FrameBytes);
        for (int p = 0; p < format.PlaneCount; p++)
        {
            int columns = format.PlaneWidth(p), stride = whole.PlaneWidth(p), divisor = p == 0 ? 1 : 2;
            Span<byte> samples = cut.Plane(p);
            for (int row = 0; row < format.PlaneHeight(p); row++)
            {
                _store.Read(plane + ((long)((y / divisor) + row) * stride) + (x / divisor), samples.Slice(row * columns, columns));
            }

            plane += (long)stride * whole.PlaneHeight(p);
        }

        return cut;
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static void Build(TrainingOptions options, MappedStoreWriter writer, Action<string> log)
    {
        long frames = 0;
        foreach (string file in options.VideoFiles())
        {
            try
            {
                VideoInfo info = VideoReader.Identify(file);
                foreach ((int Width, int Height) size in Scales(info.Format.Width, info.Format.Height))
                {
                    (byte[] samples, int count) = Math.Min(size.Width, size.Height) < SmallestSide ? ([], 0) : Decode(file, size);
                    if (count < FewestFrames)
                    {
                        log($"skipped '{file}': {size.Width}x{size.Height}, {count} frames; too small or too short");
                        continue;
                    }

                    writer.Add(samples, size.Width, size.Height, count);
                    frames += count;
                }
            }
            catch (CodecException e)
            {
                log($"skipped '{file}': {e.Message}");
            }
        }

        if (writer.Count == 0)
        {
            throw new MediaException(
                $"No readable video of at least {SmallestSide} pixels a side and {FewestFrames} frames in {options.DescribeFolders()}; Tools/get-media.sh fetches some.");
        }

        log(string.Create(CultureInfo.InvariantCulture, $"video cache: {writer.Count} clips, {frames} frames"));
    }

    private static IEnumerable<(int Width, int Height)> Scales(int width, int height)
    {
        int divisor = 1;
        while (width / divisor > MostColumns)
        {
            divisor *= 2;
        }

        yield return (width / divisor, height / divisor);
        (int smallerWidth, int smallerHeight) = (width * 2 / (3 * divisor), height * 2 / (3 * divisor));
        if (smallerHeight >= SecondScaleRows)
        {
            yield return (smallerWidth, smallerHeight);
        }
    }

    private static (byte[] Samples, int Frames) Decode(string file, (int Width, int Height) size)
    {
        var samples = new MemoryStream();
        int count = 0;
        long most = Math.Clamp(MostBytes / new VideoFormat(size.Width, size.Height, ChromaFormat.Yuv420).FrameBytes, 1, MostFrames);
        var options = new VideoReadOptions { Chroma = ChromaFormat.Yuv420, BitDepth = 8, Size = size, MaxFrames = most };
        using var reader = VideoReader.Open(file, options);
        while (reader.Read() is { } frame)
        {
            samples.Write(frame.Samples);
            count++;
        }

        return (samples.ToArray(), count);
    }

    internal readonly record struct Clip(int Width, int Height, int Frames, long Offset);
}
