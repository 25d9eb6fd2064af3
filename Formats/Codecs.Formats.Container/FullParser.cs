namespace Codecs.Formats.Container;

/// <summary>Reads a Full file chunk by chunk into an <see cref="NcfFile"/>.</summary>
internal sealed class FullParser
{
    private const int KindStillImage = 0;
    private const byte DigestSha256 = 1;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly NcfLimits _limits;
    private readonly List<ChunkInfo> _chunks = [];
    private readonly List<PictureTrack> _tracks = [];
    private readonly List<ModelReference> _models = [];
    private readonly List<DataUnit> _units = [];
    private readonly List<MetadataItem> _metadata = [];
    private readonly Dictionary<int, long> _lastUnit = [];
    private readonly MetadataBudget _budget;
    private ReadOnlyMemory<byte>? _icc;
    private Fingerprint? _digest;
    private int _digestLength;
    private int _minorVersion;
    private ulong _announcedUnits;
    private bool _inSegments;

    private FullParser(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        _file = file;
        _limits = limits;
        _budget = new MetadataBudget(limits);
    }

    /// <summary>Parses a file that starts with the Full signature.</summary>
    public static NcfFile Parse(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        ByteCursor cursor = new(file.Span, 0, "Signature");
        cursor.ReadBytes(NcfConstants.Signature.Length, "signature");
        byte version = cursor.ReadByte("version");
        if (version != NcfConstants.Version)
        {
            throw new UnsupportedBitstreamException($"The file has format version {version}, this build reads version {NcfConstants.Version}");
        }

        return new FullParser(file, limits).Run(cursor.Position);
    }

    private NcfFile Run(int start)
    {
        ChunkReader reader = new(_file.Span, start, _limits);
        bool ended = false;
        while (!ended)
        {
            if (reader.AtEnd)
            {
                throw new InvalidBitstreamException("The file stops before its END chunk; it is truncated", reader.Position);
            }

            if (_chunks.Count >= _limits.MaxChunks)
            {
                throw new LimitExceededException($"The file has more than {_limits.MaxChunks} chunks, which {nameof(NcfLimits.MaxChunks)} does not allow");
            }

            ChunkInfo chunk = reader.Read();
            if (_chunks.Count == 0 && chunk.Id != ChunkId.Head)
            {
                throw new InvalidBitstreamException($"The first chunk is '{chunk.Name}', expected 'HEAD'", chunk.Offset);
            }

            bool understood = Handle(chunk);
            if (!understood && chunk.IsCritical)
            {
                throw new UnsupportedBitstreamException(
                    $"Chunk '{chunk.Name}' at byte {chunk.Offset} is needed to decode the file and this build does not know it; use a newer version");
            }

            _chunks.Add(chunk with { IsUnderstood = understood });
            ended = chunk.Id == ChunkId.End;
        }

        if (!reader.AtEnd)
        {
            throw new InvalidBitstreamException($"{_file.Length - reader.Position} bytes follow the END chunk, expected none", reader.Position);
        }

        return Finish();
    }

    private bool Handle(in ChunkInfo chunk)
    {
        ByteCursor cursor = new(PayloadOf(chunk).Span, chunk.PayloadOffset, chunk.Name);
        switch (chunk.Id)
        {
            case ChunkId.Head:
                RequireCritical(chunk);
                ReadHead(chunk, ref cursor);
                return true;
            case ChunkId.Track:
                RequireCritical(chunk);
                AddTrack(chunk, ref cursor);
                return true;
            case ChunkId.Model:
                RequireCritical(chunk);
                AddModel(chunk, ref cursor);
                return true;
            case ChunkId.Data:
                RequireCritical(chunk);
                AddUnit(chunk, ref cursor);
                return true;
            case ChunkId.End:
                RequireCritical(chunk);
                ReadEnd(chunk, ref cursor);
                return true;
            case ChunkId.Colour:
                RefuseSecond(chunk, _icc is not null);
                _icc = MetadataCodec.ReadColour(PayloadOf(chunk), ref cursor, _budget);
                return true;
            case ChunkId.Metadata:
                return AddMetadata(chunk, ref cursor);
            case ChunkId.Hash:
                RefuseSecond(chunk, _digest is not null);
                return ReadHash(chunk, ref cursor);
            case ChunkId.Segment:
                _inSegments = true;
                return false;
            default:
                return false;
        }
    }

    private void ReadHead(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        RefuseSecond(chunk, _chunks.Count > 0);
        byte kind = cursor.ReadByte("kind");
        if (kind != KindStillImage)
        {
            throw new UnsupportedBitstreamException($"The file is of kind {kind}, this build reads kind {KindStillImage} (still picture)");
        }

        _minorVersion = cursor.ReadByte("minor version");
        cursor.ReadByte("flags");
        _announcedUnits = cursor.ReadVarint("unit count");
    }

    private void AddTrack(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        NcfLimits.CheckCount(chunk.Name, chunk.Offset, "track count", (ulong)_tracks.Count + 1, (ulong)_limits.MaxTracks, nameof(NcfLimits.MaxTracks));
        PictureTrack track = TrackCodec.Read(ref cursor, _limits);
        PictureTrack? known = _tracks.Find(t => t.Id == track.Id);
        if (known is null)
        {
            _tracks.Add(track);
        }
        else if (!_inSegments || known != track)
        {
            // Only streams repeat definitions, for those who join late.
            throw new InvalidBitstreamException($"Track {track.Id} is defined twice", chunk.Offset);
        }
    }

    private void AddModel(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        NcfLimits.CheckCount(chunk.Name, chunk.Offset, "model count", (ulong)_models.Count + 1, (ulong)_limits.MaxModels, nameof(NcfLimits.MaxModels));
        ModelReference model = ModelCodec.Read(ref cursor, _limits);
        ModelReference? known = _models.Find(m => m.Index == model.Index);
        if (known is null)
        {
            _models.Add(model);
        }
        else if (!_inSegments || known != model)
        {
            throw new InvalidBitstreamException($"Model {model.Index} is defined twice", chunk.Offset);
        }
    }

    private void AddUnit(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        int trackId = cursor.ReadInt32("track", UnitCodec.MaxId);
        PictureTrack track = _tracks.Find(t => t.Id == trackId)
            ?? throw new InvalidBitstreamException($"DATA names track {trackId}, which is not defined before it", chunk.Offset);
        ModelReference? model = _models.Find(m => m.Index == track.Model);
        DataUnit unit = UnitCodec.Read(PayloadOf(chunk), ref cursor, trackId, _lastUnit.GetValueOrDefault(trackId), model, chunk.Offset, _limits);
        if (model is null && FileRules.NeedsModel(unit.Coder))
        {
            throw new InvalidBitstreamException($"DATA is coded with {unit.Coder} and model {track.Model}, which is not defined before it", chunk.Offset);
        }

        _lastUnit[trackId] = unit.Number;
        _units.Add(unit);
    }

    private bool AddMetadata(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        MetadataItem? item = MetadataCodec.ReadItem(PayloadOf(chunk), ref cursor, _budget);
        if (item is null)
        {
            return false;
        }

        if (FileRules.IsSingle(item.Key) && _metadata.Exists(m => m.Key == item.Key))
        {
            throw new InvalidBitstreamException($"The file holds {item.Key} metadata twice", chunk.Offset);
        }

        _metadata.Add(item);
        return true;
    }

    private bool ReadHash(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        if (cursor.ReadByte("algorithm") != DigestSha256)
        {
            return false;
        }

        _digest = new Fingerprint(cursor.ReadBytes(Fingerprint.Length, "digest"));
        _digestLength = chunk.Offset;
        return true;
    }

    private void ReadEnd(in ChunkInfo chunk, ref ByteCursor cursor)
    {
        ulong count = cursor.ReadVarint("unit count");
        if (count != (ulong)_units.Count || (_announcedUnits != 0 && _announcedUnits != count))
        {
            throw new InvalidBitstreamException($"END counts {count} units and HEAD {_announcedUnits}, {_units.Count} were found", chunk.Offset);
        }

        ulong distance = cursor.ReadVarint("distance to the index");
        int end = chunk.Offset;
        if (distance != 0 && !_chunks.Exists(c => c.Id == ChunkId.Index && (ulong)(end - c.Offset) == distance))
        {
            throw new InvalidBitstreamException($"END points {distance} bytes back to an index, where none is", chunk.Offset);
        }
    }

    private NcfFile Finish() =>
        FileRules.FindFault(_tracks, _models, _units) is { } fault
            ? throw new InvalidBitstreamException($"The file contradicts itself: {fault}")
            : new NcfFile
            {
                Profile = NcfProfile.Full,
                Bytes = _file,
                Tracks = _tracks,
                Models = _models,
                Units = _units,
                Metadata = _metadata,
                IccProfile = _icc,
                Chunks = _chunks,
                MinorVersion = _minorVersion,
                Digest = _digest,
                DigestLength = _digestLength,
            };

    private ReadOnlyMemory<byte> PayloadOf(in ChunkInfo chunk) => _file.Slice(chunk.PayloadOffset, chunk.PayloadLength);

    private static void RequireCritical(in ChunkInfo chunk)
    {
        if (!chunk.IsCritical)
        {
            throw new InvalidBitstreamException($"Chunk '{chunk.Name}' is not marked critical, which it always is", chunk.Offset);
        }
    }

    private static void RefuseSecond(in ChunkInfo chunk, bool seen)
    {
        if (seen)
        {
            throw new InvalidBitstreamException($"The file has a second '{chunk.Name}' chunk, expected one", chunk.Offset);
        }
    }
}
