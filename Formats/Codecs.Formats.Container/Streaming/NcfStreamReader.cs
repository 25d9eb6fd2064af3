namespace Codecs.Formats.Container;

/// <summary>Reads an .ncf file from a stream, forwards, unit by unit; with a stream that can seek it also jumps in time.</summary>
/// <remarks>
/// <para>Memory is bounded by one chunk (twice while a damaged one is looked at), whose length is checked against the limits, and grows only with bytes that have
/// arrived. Nothing behind END is read. The payloads of a unit are valid until the next call; <see cref="DataUnit.Copy"/> keeps them.</para>
/// <para>Strict reading gives what <see cref="NcfFile.Parse"/> gives, and the same errors, but later: units come before the end of the file was seen. Not thread-safe.</para>
/// </remarks>
public sealed class NcfStreamReader : IDisposable
{
    private readonly Stream _input;
    private readonly long _origin;
    private readonly NcfLimits _limits;
    private readonly NcfReaderOptions _options;
    private readonly StreamWindow _window;
    private readonly ChunkScanner _scanner;
    private readonly FileInterpreter _interpreter;
    private readonly LossLog _losses = new();
    private IReadOnlyList<NcfSegment>? _segments;
    private NcfFile? _tiny;
    private DataUnit? _pending;
    private long _needed;
    private long _ordinal;
    private long _dataStart = -1;
    private bool _headerIsChecked;
    private bool _isSeeking;
    private bool _hasJumped;
    private bool _isOver;

    /// <summary>Starts reading at the stream's position, where the file begins.</summary>
    /// <param name="input">The stream; stays open.</param>
    /// <param name="limits">How much the file may ask for.</param>
    /// <param name="options">Null for strict reading.</param>
    public NcfStreamReader(Stream input, NcfLimits limits, NcfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(limits);
        _input = input;
        _origin = input.CanSeek ? input.Position : 0;
        _limits = limits;
        _options = options ?? NcfReaderOptions.Default;
        _window = new StreamWindow(input, _options.VerifyDigest);
        _scanner = new ChunkScanner(limits, _options.Recover);
        _interpreter = new FileInterpreter(limits, _options.Recover, ownsBytes: true);
    }

    /// <summary>The form of the file; null before anything was read.</summary>
    public NcfProfile? Profile { get; private set; }

    /// <summary>What is known of the file beside its units, metadata that came late included; null before a track is known.</summary>
    public NcfHeader? Header => _tiny?.Header ?? (_interpreter.HasTracks ? _interpreter.ToHeader() : null);

    /// <summary>The segment that was begun last; null before the first and in files without segments.</summary>
    public NcfSegment? Segment => _interpreter.Segment;

    /// <summary>True when END was read: the file is not truncated.</summary>
    public bool IsComplete => _tiny is not null ? _isOver : _interpreter.End is not null;

    /// <summary>Bytes that could not be used; only with <see cref="NcfReaderOptions.Recover"/>.</summary>
    public IReadOnlyList<LostRange> Lost => _losses.Ranges;

    /// <summary>Units that segments and END counted and that did not come.</summary>
    public long MissingUnits { get; private set; }

    /// <summary>Whether the stored digest is that of the bytes; null without one, before it was read, after a jump, or when it was not wanted.</summary>
    public bool? DigestHolds { get; private set; }

    /// <summary>Reads what comes before the first unit.</summary>
    /// <returns>The header; null when the stream ends before a track is known (only with <see cref="NcfReaderOptions.Recover"/>).</returns>
    /// <exception cref="InvalidBitstreamException">Not an .ncf file, damaged or truncated.</exception>
    /// <exception cref="UnsupportedBitstreamException">Needs a newer reader.</exception>
    /// <exception cref="LimitExceededException">Asks for more than the limits allow.</exception>
    public NcfHeader? ReadHeader()
    {
        while (Advance(untilHeader: true) == Progress.Waiting)
        {
            _window.Fill(_needed);
        }

        return Header;
    }

    /// <inheritdoc cref="ReadHeader"/>
    public async ValueTask<NcfHeader?> ReadHeaderAsync(CancellationToken cancellation = default)
    {
        while (Advance(untilHeader: true) == Progress.Waiting)
        {
            await _window.FillAsync(_needed, cancellation).ConfigureAwait(false);
        }

        return Header;
    }

    /// <summary>Reads the next unit.</summary>
    /// <returns>The unit, its payloads valid until the next call; null at the end.</returns>
    /// <inheritdoc cref="ReadHeader"/>
    public DataUnit? ReadUnit()
    {
        while (Advance(untilHeader: false) == Progress.Waiting)
        {
            _window.Fill(_needed);
        }

        return Take();
    }

    /// <inheritdoc cref="ReadUnit"/>
    public async ValueTask<DataUnit?> ReadUnitAsync(CancellationToken cancellation = default)
    {
        while (Advance(untilHeader: false) == Progress.Waiting)
        {
            await _window.FillAsync(_needed, cancellation).ConfigureAwait(false);
        }

        return Take();
    }

    /// <summary>Where the segments begin: from the index if the file has a good one, else by hopping from chunk to chunk.</summary>
    /// <returns>The segments; empty when there are none.</returns>
    /// <exception cref="NotSupportedException">The stream cannot seek.</exception>
    public IReadOnlyList<NcfSegment> ReadSegments()
    {
        RequireSeekable();
        if (_segments is null)
        {
            long position = _input.Position;
            SegmentFinder finder = new(_input, _origin, _limits);
            IReadOnlyList<NcfSegment>? index = finder.ReadIndex();
            _segments = index is not null && index.All(finder.IsThere) ? index : finder.Hop();
            _input.Position = position;
        }

        return _segments;
    }

    /// <summary>Jumps to the last random access point of the lead track that is not later than a time; the next unit is that one, or one of another track before it.</summary>
    /// <param name="tick">Ticks of the file's clock, at least 0.</param>
    /// <returns>The time of that random access point, or of the file's first when all are later.</returns>
    /// <exception cref="NotSupportedException">The stream cannot seek, or the file has no units to seek to: it is Tiny, or without any.</exception>
    /// <exception cref="InvalidBitstreamException">The file is damaged on the way there; only without <see cref="NcfReaderOptions.Recover"/>.</exception>
    public long SeekToTick(long tick)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tick);
        RequireSeekable();
        if (ReadHeader() is not { } header || Profile == NcfProfile.Tiny)
        {
            throw new NotSupportedException("A file without units in time has nothing to seek to.");
        }

        // A stated order of units that is not that of time makes the first later unit no proof, but then the segment's start is still right.
        long start = _dataStart;
        foreach (NcfSegment segment in ReadSegments())
        {
            start = segment.FirstTick <= tick ? segment.Offset : start;
        }

        if (start < 0)
        {
            throw new NotSupportedException("A file without units has nothing to seek to.");
        }

        (long offset, long found) = FindAccessPoint(start, tick, header.LeadTrack);
        MoveTo(offset);
        return found;
    }

    /// <summary>Frees the buffers; the stream stays open.</summary>
    public void Dispose() => _window.Dispose();

    private (long Offset, long Tick) FindAccessPoint(long start, long tick, Track lead)
    {
        (long Offset, long Tick) best = (start, 0);
        long last = -1;
        _isSeeking = true;
        MoveTo(start);
        try
        {
            while (ReadUnit() is { } unit)
            {
                if (unit.Track != lead.Id || unit.Number == last)
                {
                    continue;
                }

                // The first one is reached from the segment's start, so that its definitions and the other tracks' units come along.
                long at = lead.TickOf(unit);
                if (last < 0)
                {
                    best = (start, at);
                }
                else if (at > tick)
                {
                    break;
                }
                else if (unit.IsRandomAccessPoint)
                {
                    best = (unit.Offset, at);
                }

                last = unit.Number;
            }
        }
        finally
        {
            _isSeeking = false;
        }

        return best;
    }

    private void MoveTo(long offset)
    {
        _input.Position = _origin + offset;
        _window.Restart();
        _scanner.MoveTo(offset);
        _interpreter.Restart();
        _pending = null;
        _ordinal = -1;
        _isOver = false;
        _hasJumped = true;
    }

    private DataUnit? Take()
    {
        DataUnit? unit = _pending;
        _pending = null;
        return unit;
    }

    // Goes on until there is a unit (or a header), the end, or a wish for more bytes.
    private Progress Advance(bool untilHeader)
    {
        while (_pending is null && !_isOver)
        {
            if (untilHeader && _interpreter.HasBegun && _interpreter.HasTracks)
            {
                break;
            }

            if (Profile is null ? !Detect() : !Step())
            {
                return Progress.Waiting;
            }
        }

        return Progress.Ready;
    }

    private bool Detect()
    {
        if (_window.Bytes.Length < FullParser.SignatureLength && !_window.IsComplete)
        {
            return Wait(FullParser.SignatureLength);
        }

        ReadOnlySpan<byte> start = _window.Bytes.Span;
        Profile = NcfFile.Detect(start);
        bool isDamagedFull = Profile == NcfProfile.Tiny && start.Length > 2 && start[2..].StartsWith(NcfConstants.Signature[2..]);
        if (Profile == NcfProfile.Tiny && !(_options.Recover && isDamagedFull))
        {
            return true;
        }

        bool isFull = Profile == NcfProfile.Full;
        Profile = NcfProfile.Full;
        if (_options.Recover)
        {
            if (!isFull || start.Length < FullParser.SignatureLength || start[FullParser.SignatureLength - 1] != NcfConstants.Version)
            {
                _scanner.StartSearch("The signature is damaged, or the stream was joined later");
                return true;
            }
        }
        else if (!isFull)
        {
            throw NcfFile.NotThisFormat();
        }
        else
        {
            FullParser.CheckVersion(start);
        }

        _window.Consume(FullParser.SignatureLength);
        _scanner.MoveTo(FullParser.SignatureLength);
        return true;
    }

    private bool Step()
    {
        if (Profile == NcfProfile.Tiny)
        {
            return StepTiny();
        }

        ScanStep step = _scanner.Next(_window.Bytes.Span, _window.IsComplete);
        if (step.Needed > 0)
        {
            return Wait(step.Needed);
        }

        if (step.Loss is { } loss)
        {
            Lose(loss);
            _window.Consume(loss.Length);
        }
        else if (step.Chunk is { } chunk)
        {
            Read(chunk);
            _window.Consume(chunk.TotalLength);
        }
        else
        {
            _isOver = _options.Recover ? true : throw FullParser.Truncated(_scanner.Position);
        }

        return true;
    }

    private bool StepTiny()
    {
        if (!_window.IsComplete)
        {
            return _window.Bytes.Length <= _limits.MaxChunkBytes
                ? Wait(_window.Bytes.Length + 1L)
                : throw new LimitExceededException($"The Tiny file has more than {_limits.MaxChunkBytes} bytes, which {nameof(NcfLimits.MaxChunkBytes)} does not allow");
        }

        _tiny = TinyCodec.Read(_window.Bytes, _limits);
        _pending = _tiny.Units[0];
        _isOver = true;
        return true;
    }

    private void Read(in ChunkInfo chunk)
    {
        ReadOnlyMemory<byte> payload = _window.Bytes.Slice((int)(chunk.PayloadOffset - chunk.Offset), chunk.PayloadLength);
        bool isUnderstood;
        try
        {
            isUnderstood = _interpreter.Read(chunk, payload);
        }
        catch (CodecException fault) when (_options.Recover)
        {
            Lose(new LostRange(chunk.Offset, chunk.TotalLength, fault.Message));
            return;
        }

        if (!isUnderstood && chunk.IsCritical)
        {
            Lose(new LostRange(chunk.Offset, chunk.TotalLength, $"Chunk '{chunk.Name}' is critical and not known to this build"));
        }

        if (_dataStart < 0 && chunk.Id is ChunkId.Segment or ChunkId.Data)
        {
            _dataStart = chunk.Offset;
        }

        switch (chunk.Id)
        {
            case ChunkId.Data:
                Deliver(_interpreter.Unit!, chunk);
                break;
            case ChunkId.Segment:
                Count(_interpreter.Segment!.Value.UnitsBefore);
                break;
            case ChunkId.Hash:
                DigestHolds = _interpreter.Digest is { } stored && _window.DigestSoFar() is { } computed ? stored == computed : null;
                break;
            case ChunkId.End:
                Count(_interpreter.End!.Value.UnitCount);
                Finish();
                break;
        }
    }

    private void Deliver(DataUnit unit, in ChunkInfo chunk)
    {
        CheckHeader();
        if (_interpreter.LacksModel)
        {
            Lose(new LostRange(chunk.Offset, chunk.TotalLength, $"Track {unit.Track} is coded with a model whose definition is lost"));
            return;
        }

        _pending = unit;
        _ordinal += _ordinal >= 0 ? 1 : 0;
    }

    private void Finish()
    {
        _isOver = true;
        if (!_options.Recover && !_hasJumped)
        {
            _interpreter.CheckEnd(_interpreter.ToCheckedHeader());
        }
    }

    private void CheckHeader()
    {
        if (!_options.Recover && !_headerIsChecked)
        {
            _interpreter.ToCheckedHeader();
            _headerIsChecked = true;
        }
    }

    // After a jump nothing is known about the units before.
    private void Count(long unitsSoFar)
    {
        if (!_isSeeking && _ordinal >= 0)
        {
            MissingUnits += Math.Max(0, unitsSoFar - _ordinal);
        }

        _ordinal = unitsSoFar;
    }

    private void Lose(in LostRange range)
    {
        if (!_isSeeking)
        {
            _losses.Add(range);
        }
    }

    private bool Wait(long needed)
    {
        _needed = needed;
        return false;
    }

    private void RequireSeekable()
    {
        if (!_input.CanSeek)
        {
            throw new NotSupportedException("The stream cannot seek.");
        }
    }

    private enum Progress
    {
        Ready,
        Waiting,
    }
}
