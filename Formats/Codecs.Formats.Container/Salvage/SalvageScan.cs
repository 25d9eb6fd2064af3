namespace Codecs.Formats.Container;

/// <summary>The first pass through a damaged file: where good chunks are, and where none.</summary>
internal sealed class SalvageScan
{
    private SalvageScan(List<ScanStep> steps) => Steps = steps;

    /// <summary>Chunks and losses in file order, up to END.</summary>
    public IReadOnlyList<ScanStep> Steps { get; }

    /// <summary>True when there are chunks that only a Full file has.</summary>
    public bool LooksFull => Steps.Any(s => s.Chunk is { HasChecksum: true, Id: ChunkId.Head or ChunkId.Track or ChunkId.Model or ChunkId.Segment or ChunkId.Data });

    /// <summary>Looks through the file.</summary>
    public static SalvageScan Run(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        ChunkScanner scanner = new(limits, recover: true);
        List<ScanStep> steps = [];
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length >= FullParser.SignatureLength && bytes.StartsWith(NcfConstants.Signature) && bytes[NcfConstants.Signature.Length] == NcfConstants.Version)
        {
            scanner.MoveTo(FullParser.SignatureLength);
        }
        else
        {
            scanner.StartSearch("The signature is damaged");
        }

        while (true)
        {
            ScanStep step = scanner.Next(bytes[(int)scanner.Position..], isComplete: true);
            if (step.IsEnd)
            {
                break;
            }

            steps.Add(step);
            bool isFull = steps.Count >= limits.MaxChunks;
            if (step.Chunk?.Id == ChunkId.End || isFull)
            {
                if (scanner.Position < bytes.Length)
                {
                    string reason = isFull ? $"{nameof(NcfLimits.MaxChunks)} does not allow more than {limits.MaxChunks} chunks" : "It follows the END chunk";
                    steps.Add(ScanStep.OfLoss(new LostRange(scanner.Position, bytes.Length - scanner.Position, reason)));
                }

                break;
            }
        }

        return new SalvageScan(steps);
    }
}
