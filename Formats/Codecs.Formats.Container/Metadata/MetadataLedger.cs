namespace Codecs.Formats.Container;

/// <summary>What a writer has spent of the limits on metadata. Written files must be readable with the default limits, or people cannot open their own files.</summary>
internal sealed class MetadataLedger
{
    // Keys, flags and the like beside the bytes themselves.
    private const int Reserve = 4096;

    private readonly HashSet<MetadataKey> _singles = [];
    private long _bytes;
    private int _items;

    /// <summary>Counts an item.</summary>
    /// <exception cref="ArgumentException">It is one too many.</exception>
    public void Add(MetadataItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Throw.IfNotIn((int)item.Key, 0, UnitCodec.MaxId, "metadata key");
        if (FileRules.IsSingle(item.Key) && _singles.Contains(item.Key))
        {
            throw new ArgumentException("Exif, XMP and IPTC metadata come at most once each.", nameof(item));
        }

        Add(item.Bytes.Length);
        _singles.Add(item.Key);
    }

    /// <summary>Counts an item or a profile by its length in bytes.</summary>
    public void Add(int bytes)
    {
        Throw.IfNotIn(_items + 1, 0, NcfLimits.Default.MaxMetadataItems, "number of metadata items");
        Throw.IfNotIn(_bytes + bytes, 0, NcfLimits.Default.MaxMetadataTotalBytes - Reserve, "bytes of metadata in total");
        MetadataCodec.CheckLength(bytes);
        _items++;
        _bytes += bytes;
    }
}
