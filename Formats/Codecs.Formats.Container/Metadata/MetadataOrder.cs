namespace Codecs.Formats.Container;

/// <summary>By key, then by bytes: the order in a file, so that equal metadata gives equal files.</summary>
internal sealed class MetadataOrder : IComparer<MetadataItem>
{
    public static readonly MetadataOrder Instance = new();

    public int Compare(MetadataItem? x, MetadataItem? y)
    {
        int byKey = x!.Key.CompareTo(y!.Key);
        return byKey != 0 ? byKey : x.Bytes.Span.SequenceCompareTo(y.Bytes.Span);
    }
}
