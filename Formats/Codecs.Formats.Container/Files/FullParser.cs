namespace Codecs.Formats.Container;

/// <summary>Reads a whole Full file into an <see cref="NcfFile"/>; nothing may be wrong with it.</summary>
internal static class FullParser
{
    /// <summary>Length of the signature with its version byte.</summary>
    public const int SignatureLength = 8;

    /// <summary>Parses a file that starts with the Full signature.</summary>
    public static NcfFile Parse(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        CheckVersion(file.Span);
        ChunkScanner scanner = new(limits, recover: false);
        scanner.MoveTo(SignatureLength);
        FileInterpreter interpreter = new(limits, isLenient: false, ownsBytes: false);
        List<ChunkInfo> chunks = [];
        List<DataUnit> units = [];
        List<NcfSegment> segments = [];
        while (interpreter.End is null)
        {
            ScanStep step = scanner.Next(file.Span[(int)scanner.Position..], isComplete: true);
            if (step.Chunk is not { } chunk)
            {
                throw Truncated(scanner.Position);
            }

            CheckCount(chunks.Count, limits);
            bool isUnderstood = interpreter.Read(chunk, PayloadOf(file, chunk));
            chunks.Add(chunk with { IsUnderstood = isUnderstood });
            if (interpreter.Unit is { } unit)
            {
                units.Add(unit);
            }

            if (chunk.Id == ChunkId.Segment)
            {
                segments.Add(interpreter.Segment!.Value);
            }
        }

        if (scanner.Position < file.Length)
        {
            throw new InvalidBitstreamException($"{file.Length - scanner.Position} bytes follow the END chunk, expected none", scanner.Position);
        }

        NcfHeader header = interpreter.ToCheckedHeader();
        interpreter.CheckEnd(header);
        CheckIndex(interpreter.Index, segments);
        return ToFile(file, interpreter, header, units, chunks, segments);
    }

    /// <summary>Puts together what was read.</summary>
    public static NcfFile ToFile(
        ReadOnlyMemory<byte> file,
        FileInterpreter interpreter,
        NcfHeader header,
        IReadOnlyList<DataUnit> units,
        IReadOnlyList<ChunkInfo> chunks,
        IReadOnlyList<NcfSegment> segments) => new()
        {
            Profile = NcfProfile.Full,
            Bytes = file,
            Header = header,
            Units = units,
            Chunks = chunks,
            Segments = segments,
            MinorVersion = interpreter.MinorVersion,
            Digest = interpreter.Digest,
            DigestLength = interpreter.DigestOffset,
        };

    /// <summary>The payload of a chunk.</summary>
    public static ReadOnlyMemory<byte> PayloadOf(ReadOnlyMemory<byte> file, in ChunkInfo chunk) =>
        file.Slice((int)chunk.PayloadOffset, chunk.PayloadLength);

    /// <summary>Refuses a signature that is cut short or of another version.</summary>
    public static void CheckVersion(ReadOnlySpan<byte> start)
    {
        if (start.Length < SignatureLength)
        {
            throw new InvalidBitstreamException($"Signature: needs {SignatureLength} bytes, {start.Length} are there; the file is truncated or damaged", start.Length);
        }

        byte version = start[SignatureLength - 1];
        if (version != NcfConstants.Version)
        {
            throw new UnsupportedBitstreamException($"The file has format version {version}, this build reads version {NcfConstants.Version}");
        }
    }

    /// <summary>The error for a file without END.</summary>
    public static InvalidBitstreamException Truncated(long position) => new("The file stops before its END chunk; it is truncated", position);

    /// <summary>Refuses one chunk more than the limit.</summary>
    public static void CheckCount(int count, NcfLimits limits)
    {
        if (count >= limits.MaxChunks)
        {
            throw new LimitExceededException($"The file has more than {limits.MaxChunks} chunks, which {nameof(NcfLimits.MaxChunks)} does not allow");
        }
    }

    // An index may leave segments out, but what it names must be there.
    private static void CheckIndex(IReadOnlyList<NcfSegment>? index, List<NcfSegment> segments)
    {
        int at = 0;
        foreach (NcfSegment entry in index ?? [])
        {
            while (at < segments.Count && segments[at].Offset < entry.Offset)
            {
                at++;
            }

            if (at == segments.Count || segments[at] with { Sequence = entry.Sequence } != entry)
            {
                throw new InvalidBitstreamException(
                    $"The index names a segment after {entry.UnitsBefore} units at tick {entry.FirstTick}, where none is", entry.Offset);
            }
        }
    }
}
