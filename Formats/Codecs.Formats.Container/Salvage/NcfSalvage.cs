namespace Codecs.Formats.Container;

/// <summary>Finds out what is left of a damaged file, and writes it as a good one.</summary>
public static class NcfSalvage
{
    /// <summary>Looks through a file. Never throws for what is in it; time grows with its size only, memory with the number of its chunks.</summary>
    /// <remarks>Everything outside damaged segments comes back: units stand alone, and definitions that later segments repeat serve earlier units too. In files without
    /// segments, everything but the damaged chunks comes back. A Tiny file has nothing to salvage: it parses or it does not.</remarks>
    /// <param name="file">The bytes; must not change while the report is in use.</param>
    /// <param name="limits">How much the file may ask for; what asks for more is lost.</param>
    public static SalvageReport Examine(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        bool isFull = NcfFile.Detect(file.Span) == NcfProfile.Full;
        SalvageScan scan = SalvageScan.Run(file, limits);
        if (!isFull && !scan.LooksFull && NcfFile.Detect(file.Span) == NcfProfile.Tiny)
        {
            return ExamineTiny(file, limits);
        }

        return new SalvageAnalysis(file, limits, scan).Run();
    }

    /// <summary>Writes what can be used as a good file: definitions, metadata and good units, segments where they were, and a new digest if there was one.</summary>
    /// <returns>A file that <see cref="NcfFile.Parse"/> accepts.</returns>
    /// <exception cref="UnsupportedBitstreamException">Nothing is left that would make a file.</exception>
    public static byte[] Repair(SalvageReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.File is not { } file || (file.Units.Count == 0 && !report.IsIntact))
        {
            throw new UnsupportedBitstreamException("Nothing is left to repair: no unit could be saved together with the definition of its track");
        }

        return file.Profile == NcfProfile.Tiny ? file.Bytes.ToArray() : NcfRewriter.Rewrite(file, new NcfRewriteOptions());
    }

    private static SalvageReport ExamineTiny(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        try
        {
            NcfFile tiny = TinyCodec.Read(file, limits);
            return new SalvageReport { File = tiny, Units = [new UnitReport { Unit = tiny.Units[0] }], Lost = [], HasEnd = true };
        }
        catch (CodecException fault)
        {
            return new SalvageReport { Units = [new UnitReport { Status = UnitStatus.Damaged }], Lost = [new LostRange(0, file.Length, fault.Message)] };
        }
    }
}
