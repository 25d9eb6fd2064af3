namespace Codecs.Formats.Container;

/// <summary>Writes a file whose own units are pushed, as to an <see cref="NcfStreamWriter"/>, and into which the units of other sources are woven by their time.</summary>
/// <remarks>All tracks get one clock, the slowest that serves them all. A unit of a source comes behind the own units that begin when it does, or before; so whoever jumps to an
/// own unit meets all that begin with it. Not thread-safe.</remarks>
public sealed class NcfMuxer : IDisposable
{
    private readonly NcfStreamWriter _writer;
    private readonly Dictionary<int, Track> _own;
    private readonly List<Side> _sides = [];
    private readonly long _scale;

    /// <summary>Starts a file.</summary>
    /// <param name="output">Receives the file; stays open.</param>
    /// <param name="own">Header of the file without the sources.</param>
    /// <param name="sources">What is woven in; they belong to the caller.</param>
    /// <param name="options">Segments and digest; null for the usual ones.</param>
    /// <exception cref="ArgumentException">The header contradicts itself, or no clock serves all tracks; nothing was written.</exception>
    public NcfMuxer(Stream output, NcfHeader own, IReadOnlyList<ITrackSource> sources, NcfWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(sources);
        TickRate clock = own.TickRate.IsNone ? TickRate.None : CommonClock.Of([own.TickRate, .. sources.Select(s => s.Clock)]);
        _scale = clock.IsNone ? 1 : CommonClock.Scale(clock, own.TickRate);
        Track[] tracks = [.. own.Tracks.Select(t => t with { UnitTicks = t.UnitTicks * _scale })];
        _own = tracks.ToDictionary(t => t.Id);
        int nextTrack = tracks.Max(t => t.Id) + 1, nextModel = own.Models.Select(m => m.Index).DefaultIfEmpty(-1).Max() + 1;
        var models = new List<ModelReference>(own.Models);
        foreach (ITrackSource source in sources)
        {
            long scale = CommonClock.Scale(clock, source.Clock);
            int firstModel = nextModel;
            Track[] sideTracks = [.. source.Tracks.Select((t, i) => t with { Id = nextTrack + i, Model = NeedsModel(t) ? firstModel + t.Model : 0, UnitTicks = t.UnitTicks * scale })];
            _sides.Add(new Side(source, sideTracks, scale));
            models.AddRange(source.Models.Select(m => m with { Index = firstModel + m.Index }));
            nextTrack += sideTracks.Length;
            nextModel = models.Select(m => m.Index).DefaultIfEmpty(-1).Max() + 1;
        }

        Header = own with
        {
            Kind = _sides.Count > 0 && own.Kind == MediaKind.Video ? MediaKind.AudioVideo : own.Kind,
            Tracks = [.. tracks, .. _sides.SelectMany(s => s.Tracks)],
            Models = models,
            TickRate = clock,
            TotalTicks = own.TotalTicks * _scale,
        };
        _writer = new NcfStreamWriter(output, Header, options);
    }

    /// <summary>What the file states, with all tracks.</summary>
    public NcfHeader Header { get; }

    /// <summary>Ticks of the file's clock in one of the own header's.</summary>
    public long OwnScale => _scale;

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten => _writer.BytesWritten;

    /// <summary>Payload bytes of the sources written so far.</summary>
    public long SourceBytes { get; private set; }

    /// <summary>Writes an own unit, and before it what the sources have for the time before.</summary>
    /// <param name="unit">The unit, its timestamp in ticks of its own header's clock.</param>
    /// <inheritdoc cref="NcfStreamWriter.WriteUnit" path="/exception"/>
    public void WriteUnit(DataUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        DataUnit scaled = unit with { Timestamp = unit.Timestamp * _scale };
        WriteBefore(_own.TryGetValue(unit.Track, out Track? track) ? track.TickOf(scaled) : 0);
        _writer.WriteUnit(scaled);
    }

    /// <summary>Writes what the sources have for the time before a tick.</summary>
    /// <param name="tick">Ticks of the own header's clock.</param>
    public void WriteSourcesUntil(long tick) => WriteBefore(tick * _scale);

    /// <summary>Completes the file.</summary>
    /// <param name="withRest">Writes all that the sources still have; else what they have beyond the last unit is left out.</param>
    /// <inheritdoc cref="NcfStreamWriter.Complete" path="/exception"/>
    public void Complete(bool withRest = true)
    {
        if (withRest)
        {
            WriteBefore(long.MaxValue);
        }

        _writer.Complete();
    }

    /// <summary>Frees the writer; does not complete the file, and leaves the sources alone.</summary>
    public void Dispose() => _writer.Dispose();

    // A source without models keeps the default, which is idle.
    private static bool NeedsModel(Track track) => track is not CopiedTrack;

    private void WriteBefore(long tick)
    {
        while (_sides.MinBy(s => s.NextTick) is { } side && side.NextTick < tick)
        {
            DataUnit unit = side.Take();
            SourceBytes += unit.PayloadBytes;
            _writer.WriteUnit(unit);
        }
    }

    // One source, its tracks under their new numbers, looked into by one unit.
    private sealed class Side(ITrackSource source, Track[] tracks, long scale)
    {
        private readonly Dictionary<int, Track> _renumbered = source.Tracks.Zip(tracks).ToDictionary(p => p.First.Id, p => p.Second);
        private DataUnit? _next;
        private bool _isOver;

        public Track[] Tracks => tracks;

        public long NextTick
        {
            get
            {
                if (_next is null && !_isOver)
                {
                    _next = source.Read() is { } unit ? unit with { Track = _renumbered[unit.Track].Id, Timestamp = unit.Timestamp * scale } : null;
                    _isOver = _next is null;
                }

                return _next is { } next ? tracks.First(t => t.Id == next.Track).TickOf(next) : long.MaxValue;
            }
        }

        public DataUnit Take()
        {
            DataUnit unit = _next!;
            _next = null;
            return unit;
        }
    }
}
