namespace Codecs.Formats.Container;

/// <summary>Collects lost ranges; neighbours become one, and their number is bounded.</summary>
internal sealed class LossLog
{
    private const int MaxRanges = 1 << 12;

    private readonly List<LostRange> _ranges = [];

    /// <summary>The ranges in file order; the last one also covers what came after the list was full.</summary>
    public IReadOnlyList<LostRange> Ranges => _ranges;

    /// <summary>Bytes lost.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Adds a range behind all others.</summary>
    public void Add(in LostRange range)
    {
        TotalBytes += range.Length;
        if (_ranges.Count > 0 && (_ranges.Count == MaxRanges || _ranges[^1].Offset + _ranges[^1].Length == range.Offset))
        {
            LostRange last = _ranges[^1];
            _ranges[^1] = last with { Length = range.Offset + range.Length - last.Offset };
            return;
        }

        _ranges.Add(range);
    }
}
