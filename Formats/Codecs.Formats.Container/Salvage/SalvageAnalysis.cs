using System.Security.Cryptography;

namespace Codecs.Formats.Container;

/// <summary>The second pass through a damaged file: first everything that describes it, wherever it stands, then the units.</summary>
internal sealed class SalvageAnalysis(ReadOnlyMemory<byte> file, NcfLimits limits, SalvageScan scan)
{
    private readonly FileInterpreter _interpreter = new(limits, isLenient: true, ownsBytes: false);
    private readonly LossLog _losses = new();
    private readonly Dictionary<long, string> _faults = [];
    private readonly HashSet<long> _skipped = [];
    private readonly UnitLedger _units = new();
    private readonly List<ChunkInfo> _chunks = [];
    private readonly List<NcfSegment> _segments = [];
    private NcfHeader? _header;
    private int _passedSegments;

    /// <summary>Makes the report.</summary>
    public SalvageReport Run()
    {
        foreach (ScanStep step in scan.Steps)
        {
            if (step.Chunk is { Id: not ChunkId.Data } chunk)
            {
                Define(chunk);
            }
        }

        _header = _interpreter.ToHeader();
        foreach (ScanStep step in scan.Steps)
        {
            if (step.Chunk is { } chunk)
            {
                Add(chunk);
            }
            else if (step.Loss is { } loss)
            {
                _losses.Add(loss);
                Add(loss, step.LostChunk);
            }
        }

        if (_interpreter.End is null && _header.UnitCount > 0)
        {
            _units.Count(_header.UnitCount);
        }

        return new SalvageReport
        {
            File = _interpreter.HasTracks ? ToFile(_header) : null,
            Units = _units.Reports,
            Lost = _losses.Ranges,
            DigestHolds = DigestHolds(),
            HasEnd = _interpreter.End is not null,
        };
    }

    private void Define(in ChunkInfo chunk)
    {
        try
        {
            if (!_interpreter.Read(chunk, FullParser.PayloadOf(file, chunk)))
            {
                _skipped.Add(chunk.Offset);
                if (chunk.IsCritical)
                {
                    _faults.Add(chunk.Offset, $"Chunk '{chunk.Name}' is critical and not known to this build");
                }
            }
            else if (chunk.Id == ChunkId.Segment)
            {
                _segments.Add(_interpreter.Segment!.Value);
            }
        }
        catch (CodecException fault)
        {
            _faults.Add(chunk.Offset, fault.Message);
        }
    }

    private void Add(in ChunkInfo chunk)
    {
        if (chunk.Id == ChunkId.Data)
        {
            AddUnit(chunk);
            return;
        }

        if (_faults.TryGetValue(chunk.Offset, out string? fault))
        {
            _losses.Add(new LostRange(chunk.Offset, chunk.TotalLength, fault));
            return;
        }

        _chunks.Add(chunk with { IsUnderstood = !_skipped.Contains(chunk.Offset) });
        if (chunk.Id == ChunkId.Segment)
        {
            _units.Count(_segments[_passedSegments++].UnitsBefore);
        }
        else if (chunk.Id == ChunkId.End)
        {
            _units.Count(_interpreter.End!.Value.UnitCount);
        }
    }

    private void AddUnit(in ChunkInfo chunk)
    {
        try
        {
            _interpreter.Read(chunk, FullParser.PayloadOf(file, chunk));
            _chunks.Add(chunk with { IsUnderstood = true });
            _units.Add(new UnitReport { Unit = _interpreter.Unit, Status = _interpreter.LacksModel ? UnitStatus.ModelMissing : UnitStatus.Ok });
        }
        catch (CodecException fault)
        {
            _losses.Add(new LostRange(chunk.Offset, chunk.TotalLength, fault.Message));
            _units.Add(new UnitReport { Status = UnitStatus.Damaged });
        }
    }

    private void Add(in LostRange loss, ChunkId? claimed)
    {
        if (loss.Offset + loss.Length == file.Length && ReadCutUnit(loss) is { } unit)
        {
            _units.Add(new UnitReport { Status = UnitStatus.Damaged, Unit = unit });
        }
        else if (claimed == ChunkId.Data)
        {
            _units.Add(new UnitReport { Status = UnitStatus.Damaged, IsGuess = true });
        }
        else
        {
            _units.MarkLoss();
        }
    }

    // A DATA chunk that the end of the file cuts off: its payloads up to the cut may serve, a content check inside tells.
    private DataUnit? ReadCutUnit(in LostRange loss)
    {
        ReadOnlyMemory<byte> chunk = file.Slice((int)loss.Offset, (int)loss.Length);
        const byte Head = (byte)ChunkId.Data | NcfConstants.Head.Critical;
        if ((chunk.Span[0] & ~NcfConstants.Head.Checksum) != Head)
        {
            return null;
        }

        int varint = Varint.TryRead(chunk.Span[1..], out ulong length);
        if (varint == 0 || varint >= chunk.Length || length < (ulong)(chunk.Length - 1 - varint))
        {
            return null;
        }

        try
        {
            ReadOnlyMemory<byte> payload = chunk[(1 + varint)..];
            ByteCursor cursor = new(payload.Span, loss.Offset + 1 + varint, "DATA");
            int id = cursor.ReadInt32("track", UnitCodec.MaxId);
            Track? track = _header!.Tracks.FirstOrDefault(t => t.Id == id);
            DataUnit? unit = track is null ? null : UnitCodec.Read(payload, ref cursor, id, _header.ModelOf(track), loss.Offset, limits, isCut: true);
            return unit is { Payloads.Count: > 0 } ? unit : null;
        }
        catch (CodecException)
        {
            return null;
        }
    }

    private NcfFile ToFile(NcfHeader header)
    {
        List<DataUnit> units = [.. _units.Reports.Where(r => r.Status == UnitStatus.Ok).Select(r => r.Unit!)];
        HashSet<int> used = [.. units.Select(u => u.Track)];
        if (!FileRules.IsTimed(header.Kind) && used.Count > 0)
        {
            // A picture without its alpha is still a picture.
            header = header with { Tracks = [.. header.Tracks.Where(t => used.Contains(t.Id))] };
        }

        if (FileRules.FindFault(header) is not null)
        {
            header = header with { Kind = _interpreter.GuessKind() };
        }

        // The stated number is that of the whole file.
        header = header with { UnitCount = header.UnitCount > 0 ? units.Count : 0 };
        return FullParser.ToFile(file, _interpreter, header, units, _chunks, _segments);
    }

    private bool? DigestHolds()
    {
        if (_interpreter.Digest is not { } stored)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[Fingerprint.Length];
        SHA256.HashData(file.Span[..(int)_interpreter.DigestOffset], digest);
        return stored == new Fingerprint(digest);
    }
}
