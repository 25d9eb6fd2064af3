using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Writes a Full file unit by unit, forwards only: nothing is patched, and never more than one chunk is held.</summary>
/// <remarks>
/// <para>Order: signature, definitions, metadata, then segments with units, late metadata, and at <see cref="Complete"/> the index, the digest and END.
/// A file without <see cref="Complete"/> is truncated, but all its units can be read.</para>
/// <para>A call that throws an <see cref="ArgumentException"/> has written nothing. After an error of the stream the file is broken. Not thread-safe.</para>
/// </remarks>
public sealed class NcfStreamWriter : IDisposable
{
    private const double DefaultSegmentSeconds = 5;

    private readonly Stream? _stream;
    private readonly ArrayBufferWriter<byte>? _pending;
    private readonly ChunkEmitter _emitter;
    private readonly NcfHeader _header;
    private readonly NcfWriterOptions _options;
    private readonly byte[] _definitions;
    private readonly Track _lead;
    private readonly Dictionary<int, Track> _tracks;
    private readonly Dictionary<int, ModelReference> _models;
    private readonly long _segmentTicks;
    private readonly MetadataLedger _metadata = new();
    private readonly UnitSequence _sequence = new();
    private readonly List<NcfSegment> _segments = [];
    private bool _startsSegment;
    private bool _isComplete;
    private bool _withDigest;

    /// <summary>Starts a file in a stream and writes its header.</summary>
    /// <param name="output">Receives the file; stays open.</param>
    /// <param name="header">What the file states beside its units.</param>
    /// <param name="options">Segments and digest; null for the usual ones.</param>
    /// <exception cref="ArgumentException">The header contradicts itself or does not fit the format; nothing was written.</exception>
    public NcfStreamWriter(Stream output, NcfHeader header, NcfWriterOptions? options = null)
        : this(new ArrayBufferWriter<byte>(), header, options)
    {
        ArgumentNullException.ThrowIfNull(output);
        _stream = output;
        Flush();
    }

    /// <summary>Starts a file in a buffer writer and writes its header.</summary>
    /// <inheritdoc cref="NcfStreamWriter(Stream, NcfHeader, NcfWriterOptions)"/>
    public NcfStreamWriter(IBufferWriter<byte> output, NcfHeader header, NcfWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(header);
        _header = header;
        _options = options ?? NcfWriterOptions.Default;
        Throw.IfNotIn(_options.SegmentBytes, 1, long.MaxValue, nameof(NcfWriterOptions.SegmentBytes));
        Throw.IfNotIn(_options.SegmentTicks, 0, long.MaxValue, nameof(NcfWriterOptions.SegmentTicks));
        Throw.IfNotIn(_options.RepeatDefinitions, 0, int.MaxValue, nameof(NcfWriterOptions.RepeatDefinitions));
        foreach (MetadataItem item in header.Metadata)
        {
            _metadata.Add(item);
        }

        if (header.IccProfile is { } icc)
        {
            _metadata.Add(icc.Length);
        }

        _definitions = Definitions.Encode(header);
        _lead = header.LeadTrack;
        _tracks = header.Tracks.ToDictionary(t => t.Id);
        _models = header.Models.ToDictionary(m => m.Index);
        _segmentTicks = _options.SegmentTicks > 0 ? _options.SegmentTicks : Math.Max(1, header.TickRate.TicksIn(DefaultSegmentSeconds));
        _pending = output as ArrayBufferWriter<byte>;
        _withDigest = _options.WithDigest;
        _emitter = new ChunkEmitter(output, _withDigest);
        _emitter.WriteSignature();
        _emitter.WriteRaw(_definitions);
        foreach (MetadataItem item in header.Metadata.Order(MetadataOrder.Instance))
        {
            WriteItem(item);
        }
    }

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten => _emitter.Position;

    /// <summary>Units written so far.</summary>
    public long UnitCount { get; private set; }

    /// <summary>The next unit begins a new segment; it should be a random access point.</summary>
    /// <exception cref="InvalidOperationException">The file is complete, or was opened without segments.</exception>
    public void StartSegment()
    {
        RefuseIfComplete();
        _startsSegment = _options.Segments != SegmentMode.None
            ? true
            : throw new InvalidOperationException("The file was opened without segments.");
    }

    /// <summary>Writes a unit, after the start of a segment if it is time for one.</summary>
    /// <param name="unit">The unit; its payloads are not needed afterwards.</param>
    /// <exception cref="ArgumentException">The unit contradicts the header or the units before; nothing was written.</exception>
    public void WriteUnit(DataUnit unit)
    {
        Add(unit);
        Flush();
    }

    /// <inheritdoc cref="WriteUnit"/>
    public ValueTask WriteUnitAsync(DataUnit unit, CancellationToken cancellation = default)
    {
        Add(unit);
        return FlushAsync(cancellation);
    }

    /// <summary>Writes metadata that was not known at the start, such as a title that came with a broadcast.</summary>
    /// <exception cref="ArgumentException">It is one too many, or too long.</exception>
    public void WriteMetadata(MetadataItem item)
    {
        RefuseIfComplete();
        _metadata.Add(item);
        WriteItem(item);
        Flush();
    }

    /// <summary>Leaves out the digest that the options asked for: whether a copy needs one is known when its original was read to the end.</summary>
    public void OmitDigest() => _withDigest = false;

    /// <summary>Writes the index, the digest and END. Nothing can be written afterwards.</summary>
    /// <exception cref="InvalidOperationException">The header announced another number of units, or a track has none and needs one.</exception>
    public void Complete()
    {
        AddEnd();
        Flush();
        _stream?.Flush();
    }

    /// <inheritdoc cref="Complete"/>
    public async ValueTask CompleteAsync(CancellationToken cancellation = default)
    {
        AddEnd();
        await FlushAsync(cancellation).ConfigureAwait(false);
        if (_stream is not null)
        {
            await _stream.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Frees the digest; does not complete the file.</summary>
    public void Dispose() => _emitter.Dispose();

    /// <summary>Writes a whole chunk as it stands in another file.</summary>
    internal void Carry(ReadOnlySpan<byte> chunk)
    {
        _emitter.WriteRaw(chunk);
        Flush();
    }

    private void Add(DataUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        RefuseIfComplete();
        UnitCodec.Check(unit);
        Track? track = _tracks.GetValueOrDefault(unit.Track);
        ModelReference? model = track is null ? null : _models.GetValueOrDefault(track.Model);
        if (FileRules.FindFault(unit, track, model) is { } fault)
        {
            throw new ArgumentException($"The file would contradict itself: {fault}.", nameof(unit));
        }

        bool starts = StartsSegment(unit, track!.TickOf(unit));
        if (_sequence.Add(unit) is { } disorder)
        {
            throw new ArgumentException($"The file would contradict itself: {disorder}.", nameof(unit));
        }

        if (starts)
        {
            AddSegment(track.TickOf(unit));
        }

        UnitCodec.WriteFields(_emitter.NewFields(), unit, model);
        _emitter.WriteChunk(ChunkId.Data, NcfConstants.Head.Critical, unit.Payloads);
        UnitCount++;
    }

    private bool StartsSegment(DataUnit unit, long tick)
    {
        if (_options.Segments == SegmentMode.None)
        {
            return false;
        }

        if (_segments.Count == 0)
        {
            return true;
        }

        NcfSegment last = _segments[^1];
        if (_startsSegment)
        {
            return tick >= last.FirstTick
                ? true
                : throw new ArgumentException($"A segment cannot begin at tick {tick}, because the one before begins at {last.FirstTick}.", nameof(unit));
        }

        bool isLong = _emitter.Position - last.Offset >= _options.SegmentBytes || tick - last.FirstTick >= _segmentTicks;
        return _options.Segments == SegmentMode.Automatic && isLong
            && unit.IsRandomAccessPoint && unit.Track == _lead.Id && tick >= last.FirstTick;
    }

    private void AddSegment(long tick)
    {
        int sequence = _segments.Count;
        NcfSegment segment = new(sequence, UnitCount, tick, _emitter.Position);
        SegmentCodec.Write(_emitter.NewFields(), segment, sequence == 0 ? 0 : segment.Offset - _segments[^1].Offset);
        _emitter.WriteChunk(ChunkId.Segment, 0);
        _segments.Add(segment);
        _startsSegment = false;
        if (sequence > 0 && _options.RepeatDefinitions > 0 && (sequence - 1) % _options.RepeatDefinitions == 0)
        {
            _emitter.WriteRaw(_definitions);
        }
    }

    private void AddEnd()
    {
        RefuseIfComplete();
        if (FileRules.FindEmptyTrack(_header.Kind, _header.Tracks, _sequence.Has) is { } fault)
        {
            throw new InvalidOperationException($"The file would contradict itself: {fault}.");
        }

        if (_header.UnitCount != 0 && _header.UnitCount != UnitCount)
        {
            throw new InvalidOperationException($"The header announced {_header.UnitCount} units, {UnitCount} were written.");
        }

        _isComplete = true;
        long index = _emitter.Position;
        if (_segments.Count > 0)
        {
            IndexCodec.Write(_emitter.NewFields(), _segments);
            _emitter.WriteChunk(ChunkId.Index, 0);
        }

        if (_withDigest)
        {
            ArrayBufferWriter<byte> fields = _emitter.NewFields();
            fields.Write([NcfConstants.DigestSha256]);
            fields.Write(_emitter.DigestSoFar());
            _emitter.WriteChunk(ChunkId.Hash, 0);
        }

        new EndFields(UnitCount, _segments.Count > 0 ? _emitter.Position - index : 0).Write(_emitter.NewFields());
        _emitter.WriteChunk(ChunkId.End, NcfConstants.Head.Critical);
    }

    private void WriteItem(MetadataItem item)
    {
        MetadataCodec.WriteItem(_emitter.NewFields(), item);
        _emitter.WriteChunk(ChunkId.Metadata, NcfConstants.Head.SafeToCopy);
    }

    private void RefuseIfComplete()
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The file is complete; nothing can be written after END.");
        }
    }

    // To a stream a chunk goes in one write; a buffer writer has it already.
    private void Flush()
    {
        if (_stream is not null)
        {
            _stream.Write(_pending!.WrittenSpan);
            _pending.ResetWrittenCount();
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_stream is not null)
        {
            await _stream.WriteAsync(_pending!.WrittenMemory, cancellation).ConfigureAwait(false);
            _pending.ResetWrittenCount();
        }
    }
}
