namespace Codecs.Formats.Container;

/// <summary>Makes sense of chunks one after the other: gathers what describes the file and turns DATA into units. Serves whole files, streams and salvage.</summary>
/// <param name="limits">How much the file may ask for.</param>
/// <param name="isLenient">The chunks may be the remains of a damaged file: order, repetitions and totals prove nothing.</param>
/// <param name="ownsBytes">Chunks are read from a buffer that will be used again: what is kept is copied.</param>
internal sealed class FileInterpreter(NcfLimits limits, bool isLenient, bool ownsBytes)
{
    private readonly List<Track> _tracks = [];
    private readonly List<ModelReference> _models = [];
    private readonly List<LayerDescription> _layers = [];
    private readonly List<MetadataItem> _metadata = [];
    private readonly MetadataBudget _budget = new(limits);
    private UnitSequence _sequence = new();
    private HeadFields? _head;
    private ReadOnlyMemory<byte>? _icc;
    private long _chunkCount;
    private long _indexOffset = -1;
    private long _unitsAtSegment;
    private bool _isElsewhere;

    /// <summary>The unit of the last chunk, if it was a DATA.</summary>
    public DataUnit? Unit { get; private set; }

    /// <summary>The last segment's start, or null before the first.</summary>
    public NcfSegment? Segment { get; private set; }

    /// <summary>The entries of the INDX chunk, or null.</summary>
    public IReadOnlyList<NcfSegment>? Index { get; private set; }

    /// <summary>Units so far.</summary>
    public long UnitCount { get; private set; }

    /// <summary>The totals of END, or null before it.</summary>
    public EndFields? End { get; private set; }

    /// <summary>Minor version of the writer; 0 without HEAD.</summary>
    public int MinorVersion => _head?.MinorVersion ?? 0;

    /// <summary>The stored digest, or null.</summary>
    public Fingerprint? Digest { get; private set; }

    /// <summary>Position of the chunk that holds the digest.</summary>
    public long DigestOffset { get; private set; }

    /// <summary>True when a track is known.</summary>
    public bool HasTracks => _tracks.Count > 0;

    /// <summary>A segment or a unit was seen: what describes the file has come.</summary>
    public bool HasBegun => Segment is not null || UnitCount > 0 || End is not null;

    /// <summary>Reads a chunk.</summary>
    /// <returns>False for a chunk that this build does not understand.</returns>
    public bool Read(in ChunkInfo chunk, ReadOnlyMemory<byte> payload)
    {
        Unit = null;
        if (_chunkCount++ == 0 && chunk.Id != ChunkId.Head && !isLenient)
        {
            throw new InvalidBitstreamException($"The first chunk is '{chunk.Name}', expected 'HEAD'", chunk.Offset);
        }

        bool isUnderstood = Handle(chunk, payload);
        return isUnderstood || !chunk.IsCritical || isLenient
            ? isUnderstood
            : throw new UnsupportedBitstreamException(
                $"Chunk '{chunk.Name}' at byte {chunk.Offset} is needed to decode the file and this build does not know it; use a newer version");
    }

    /// <summary>The last unit needs a model, and none is known (only in remains).</summary>
    public bool LacksModel { get; private set; }

    /// <summary>Forgets the order of units, because reading goes on elsewhere; what describes the file stays.</summary>
    public void Restart()
    {
        _isElsewhere = true;
        _sequence = new UnitSequence();
        Segment = null;
        End = null;
    }

    /// <summary>What is known of the file's description so far.</summary>
    public NcfHeader ToHeader() => new()
    {
        Kind = _head?.Kind ?? GuessKind(),
        Tracks = [.. _tracks],
        Models = [.. _models],
        Layers = [.. _layers],
        Metadata = [.. _metadata],
        IccProfile = _icc,
        TickRate = _head?.TickRate ?? TickRate.None,
        TotalTicks = _head?.TotalTicks ?? 0,
        UnitCount = _head?.UnitCount ?? 0,
    };

    /// <summary>Refuses a description that contradicts itself.</summary>
    public NcfHeader ToCheckedHeader()
    {
        NcfHeader header = ToHeader();
        return FileRules.FindFault(header) is { } fault ? throw Contradiction(fault) : header;
    }

    /// <summary>Refuses a track without units where there must be one.</summary>
    public void CheckEnd(NcfHeader header)
    {
        if (FileRules.FindEmptyTrack(header.Kind, header.Tracks, _sequence.Has) is { } fault)
        {
            throw Contradiction(fault);
        }
    }

    /// <summary>What the file is by its tracks: for the remains of a file whose HEAD, or some of whose tracks, are gone.</summary>
    public MediaKind GuessKind()
    {
        bool isTimed = _tracks.Exists(t => t.UnitTicks > 0);
        bool hasPicture = _tracks.Exists(t => t is PictureTrack);
        return _tracks switch
        {
            _ when _tracks.Exists(t => t is GeometryTrack) => MediaKind.Geometry,
            _ when _tracks.Exists(t => t is TensorTrack) => MediaKind.Tensors,
            _ when _tracks.Exists(t => t is AudioTrack or CopiedTrack) => hasPicture ? MediaKind.AudioVideo : MediaKind.Audio,
            _ => isTimed ? MediaKind.Video : MediaKind.Still,
        };
    }

    private static InvalidBitstreamException Contradiction(string fault) => new($"The file contradicts itself: {fault}");

    private bool Handle(in ChunkInfo chunk, ReadOnlyMemory<byte> payload)
    {
        ByteCursor cursor = new(payload.Span, chunk.PayloadOffset, chunk.Name);
        switch (chunk.Id)
        {
            case ChunkId.Head:
                RequireCritical(chunk);
                AddHead(HeadFields.Read(ref cursor), chunk);
                return true;
            case ChunkId.Track:
                RequireCritical(chunk);
                Track track = TrackCodec.Read(ref cursor, limits);
                Define(_tracks, track, t => t.Id, limits.MaxTracks, nameof(NcfLimits.MaxTracks), chunk);
                return true;
            case ChunkId.Model:
                RequireCritical(chunk);
                ModelReference model = ModelCodec.Read(ref cursor, limits);
                Define(_models, model, m => m.Index, limits.MaxModels, nameof(NcfLimits.MaxModels), chunk);
                return true;
            case ChunkId.Layers:
                LayerDescription layer = LayerCodec.Read(ref cursor);
                int most = limits.MaxTracks * (UnitCodec.MaxLayer + 1);
                Define(_layers, layer, l => (l.Track, l.Layer), most, nameof(NcfLimits.MaxTracks), chunk);
                return true;
            case ChunkId.Colour:
                AddColour(payload, ref cursor, chunk);
                return true;
            case ChunkId.Metadata:
                return AddMetadata(payload, ref cursor, chunk);
            case ChunkId.Data:
                RequireCritical(chunk);
                AddUnit(chunk, payload, ref cursor);
                return true;
            case ChunkId.Segment:
                AddSegment(SegmentCodec.Read(ref cursor, chunk.Offset, out long distance), distance);
                return true;
            case ChunkId.Index:
                RefuseSecond(chunk, _indexOffset >= 0 && !isLenient && !_isElsewhere);
                Index = IndexCodec.Read(ref cursor);
                _indexOffset = chunk.Offset;
                return true;
            case ChunkId.Hash:
                RefuseSecond(chunk, Digest is not null && !_isElsewhere);
                return ReadHash(chunk, ref cursor);
            case ChunkId.End:
                RequireCritical(chunk);
                ReadEnd(EndFields.Read(ref cursor), chunk);
                return true;
            default:
                return chunk.Id == ChunkId.Padding;
        }
    }

    private void AddHead(HeadFields head, in ChunkInfo chunk)
    {
        RefuseSecond(chunk, _head is not null && (head != _head || !MayRepeat));
        _head = head;
    }

    // Only segments repeat definitions, for those who join late or lost the start.
    private bool MayRepeat => isLenient || _isElsewhere || Segment is not null;

    private void Define<T, TKey>(List<T> known, T item, Func<T, TKey> keyOf, int most, string limitName, in ChunkInfo chunk)
        where T : class
        where TKey : notnull
    {
        TKey key = keyOf(item);
        T? same = known.Find(k => keyOf(k).Equals(key));
        if (same is null)
        {
            NcfLimits.CheckCount(chunk.Name, chunk.Offset, "number of definitions", (ulong)known.Count + 1, (ulong)most, limitName);
            known.Add(item);
        }
        else if (!MayRepeat || !same.Equals(item))
        {
            throw new InvalidBitstreamException($"{chunk.Name} {key} is defined twice", chunk.Offset);
        }
    }

    private void AddColour(ReadOnlyMemory<byte> payload, ref ByteCursor cursor, in ChunkInfo chunk)
    {
        // A repetition costs time to unpack but must not use up the budget.
        MetadataBudget budget = _icc is null ? _budget : new MetadataBudget(limits);
        ReadOnlyMemory<byte> icc = MetadataCodec.ReadColour(payload, ref cursor, budget);
        RefuseSecond(chunk, _icc is { } known && (!MayRepeat || !known.Span.SequenceEqual(icc.Span)));
        _icc ??= Keep(icc);
    }

    private bool AddMetadata(ReadOnlyMemory<byte> payload, ref ByteCursor cursor, in ChunkInfo chunk)
    {
        MetadataItem? item = MetadataCodec.ReadItem(payload, ref cursor, _isElsewhere ? new MetadataBudget(limits) : _budget);
        if (item is null)
        {
            return false;
        }

        if (_isElsewhere && (_metadata.Count >= limits.MaxMetadataItems || _metadata.Exists(m => m.Key == item.Key && m.Bytes.Span.SequenceEqual(item.Bytes.Span))))
        {
            // Read again after a jump backwards.
            return true;
        }

        if (FileRules.IsSingle(item.Key) && _metadata.Exists(m => m.Key == item.Key))
        {
            throw new InvalidBitstreamException($"The file holds {item.Key} metadata twice", chunk.Offset);
        }

        _metadata.Add(item with { Bytes = Keep(item.Bytes) });
        return true;
    }

    private ReadOnlyMemory<byte> Keep(ReadOnlyMemory<byte> bytes) => ownsBytes ? bytes.ToArray() : bytes;

    private void AddUnit(in ChunkInfo chunk, ReadOnlyMemory<byte> payload, ref ByteCursor cursor)
    {
        int trackId = cursor.ReadInt32("track", UnitCodec.MaxId);
        Track track = _tracks.Find(t => t.Id == trackId)
            ?? throw new InvalidBitstreamException($"DATA names track {trackId}, which is not defined before it", chunk.Offset);
        ModelReference? model = _models.Find(m => m.Index == track.Model);
        DataUnit unit = UnitCodec.Read(payload, ref cursor, trackId, model, chunk.Offset, limits);
        LacksModel = model is null && FileRules.NeedsModel(unit.Coder);
        if (((isLenient ? null : FileRules.FindFault(unit, track, model)) ?? _sequence.Add(unit)) is { } fault)
        {
            throw new InvalidBitstreamException($"The file contradicts itself: {fault}", chunk.Offset);
        }

        Unit = unit;
        UnitCount++;
    }

    private void AddSegment(NcfSegment segment, long distance)
    {
        if (!isLenient && !(_isElsewhere && Segment is null))
        {
            NcfSegment expected = Segment is { } last
                ? new NcfSegment(last.Sequence + 1, last.UnitsBefore + UnitCount - _unitsAtSegment, Math.Max(last.FirstTick, segment.FirstTick), segment.Offset)
                : new NcfSegment(0, UnitCount, segment.FirstTick, segment.Offset);
            long expectedDistance = Segment is { } before ? segment.Offset - before.Offset : 0;
            if (segment != expected || distance != expectedDistance)
            {
                throw new InvalidBitstreamException(
                    $"Segment {segment.Sequence} after {segment.UnitsBefore} units at tick {segment.FirstTick}, {distance} bytes behind the last; expected segment "
                    + $"{expected.Sequence} after {expected.UnitsBefore} units at tick {expected.FirstTick} or later, {expectedDistance} bytes behind", segment.Offset);
            }
        }

        Segment = segment;
        _unitsAtSegment = UnitCount;
    }

    private bool ReadHash(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        if (cursor.ReadByte("algorithm") != NcfConstants.DigestSha256)
        {
            return false;
        }

        Digest = new Fingerprint(cursor.ReadBytes(Fingerprint.Length, "digest"));
        DigestOffset = chunk.Offset;
        return true;
    }

    private void ReadEnd(EndFields end, in ChunkInfo chunk)
    {
        End = end;
        long announced = _head?.UnitCount ?? 0;
        bool isChecked = !isLenient && !_isElsewhere;
        if (isChecked && (end.UnitCount != UnitCount || (announced != 0 && announced != UnitCount)))
        {
            throw new InvalidBitstreamException($"END counts {end.UnitCount} units and HEAD {announced}, {UnitCount} were found", chunk.Offset);
        }

        if (isChecked && end.IndexDistance != 0 && (_indexOffset < 0 || chunk.Offset - _indexOffset != end.IndexDistance))
        {
            throw new InvalidBitstreamException($"END points {end.IndexDistance} bytes back to an index, where none is", chunk.Offset);
        }
    }

    private static void RequireCritical(in ChunkInfo chunk)
    {
        if (!chunk.IsCritical)
        {
            throw new InvalidBitstreamException($"Chunk '{chunk.Name}' is not marked critical, which it always is", chunk.Offset);
        }
    }

    private static void RefuseSecond(in ChunkInfo chunk, bool isWrong)
    {
        if (isWrong)
        {
            throw new InvalidBitstreamException($"The file has a second '{chunk.Name}' chunk, expected one", chunk.Offset);
        }
    }
}
