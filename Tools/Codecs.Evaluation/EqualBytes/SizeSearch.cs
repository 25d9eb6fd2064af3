using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Searches a codec's settings for files of given sizes, for one picture; nothing is encoded twice.</summary>
/// <param name="codec">The codec.</param>
/// <param name="image">The picture.</param>
internal sealed class SizeSearch(IScaledContender codec, Image image)
{
    private readonly Dictionary<int, byte[]> _files = [];

    /// <summary>
    /// The largest file that is not above a size, or the smallest one there is. Sizes are taken to rise along the scale; where they waver, the
    /// answer is the largest among the files that the search saw.
    /// </summary>
    /// <param name="bytes">The size.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public SizedFile LargestWithin(long bytes, CancellationToken cancellation)
    {
        int fits = 0;
        int above = codec.Scale.Count;
        while (above - fits > 1)
        {
            int middle = (fits + above) / 2;
            if (Encode(middle, cancellation).Length <= bytes)
            {
                fits = middle;
            }
            else
            {
                above = middle;
            }
        }

        _ = Encode(fits, cancellation);
        KeyValuePair<int, byte[]>[] fitting = [.. _files.Where(f => f.Value.Length <= bytes)];
        (int index, byte[] file) = fitting.Length > 0 ? fitting.MaxBy(f => (f.Value.Length, f.Key)) : _files.MinBy(f => (f.Value.Length, f.Key));
        return new SizedFile(codec.Scale[index], file);
    }

    private byte[] Encode(int index, CancellationToken cancellation)
    {
        if (!_files.TryGetValue(index, out byte[]? file))
        {
            cancellation.ThrowIfCancellationRequested();
            file = codec.Encode(image, codec.Scale[index], cancellation);
            _files.Add(index, file);
        }

        return file;
    }
}

/// <summary>A file that a search found.</summary>
internal readonly record struct SizedFile(double Setting, byte[] File);
