using Codecs.Formats.Container;

namespace Codecs.Fuzz.Targets;

/// <summary>Damaged files: salvage never throws, and what it writes is a good file.</summary>
internal sealed class ContainerSalvageTarget : FuzzTarget
{
    internal override string Name => "container-salvage";

    internal override string Description => "a whole .ncf file: salvage, repair, stripping";

    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (4L * ContainerTarget.Limits.MaxMetadataTotalBytes);

    internal override IEnumerable<byte[]> Seeds() => SampleFiles.All();

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        SalvageReport report;
        try
        {
            report = NcfSalvage.Examine(input, ContainerTarget.Limits);
        }
        catch (CodecException e)
        {
            throw new BrokenPromiseException($"salvage threw: {e}");
        }

        Require(report.Lost.All(l => l.Offset >= 0 && l.Length >= 0 && l.Offset + l.Length <= input.Length), "a lost range is outside the file");
        byte[] repaired = NcfSalvage.Repair(report);
        try
        {
            NcfFile file = NcfFile.Parse(repaired, NcfLimits.Default);
            NcfRewriter.Rewrite(file, new NcfRewriteOptions { Strip = MetadataStripping.All });
            NcfFile.Parse(repaired, NcfLimits.Default).VerifyDigest();
        }
        catch (InvalidBitstreamException e)
        {
            throw new BrokenPromiseException($"a repaired file is not good: {e}");
        }

        if (!report.IsIntact)
        {
            throw new InvalidBitstreamException("damaged, and repaired", 0);
        }
    }
}
