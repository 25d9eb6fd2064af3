namespace Codecs.Formats.Container;

/// <summary>What is left of the limits on metadata while a file is read.</summary>
internal sealed class MetadataBudget(NcfLimits limits)
{
    private long _stored;
    private long _unpacked;
    private int _items;

    /// <summary>The limits behind the budget.</summary>
    public NcfLimits Limits => limits;

    /// <summary>Bytes that may still be unpacked.</summary>
    public int UnpackRemaining => (int)(limits.MaxMetadataTotalBytes - _unpacked);

    /// <summary>Counts a META or COLR chunk.</summary>
    public void AddChunk(string place, long offset, int bytes)
    {
        _stored += bytes;
        _items++;
        NcfLimits.CheckCount(place, offset, "length", (ulong)bytes, (ulong)limits.MaxMetadataBytes, nameof(NcfLimits.MaxMetadataBytes));
        NcfLimits.CheckCount(place, offset, "metadata in total", (ulong)_stored, (ulong)limits.MaxMetadataTotalBytes, nameof(NcfLimits.MaxMetadataTotalBytes));
        NcfLimits.CheckCount(place, offset, "number of items", (ulong)_items, (ulong)limits.MaxMetadataItems, nameof(NcfLimits.MaxMetadataItems));
    }

    /// <summary>Counts bytes after decompression; never more than <see cref="UnpackRemaining"/>.</summary>
    public void AddUnpacked(int bytes) => _unpacked += bytes;
}
