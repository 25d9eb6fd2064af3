using Codecs.Formats.Container;

namespace Codecs.Fuzz.Targets;

/// <summary>A whole .ncf file, parsed in memory.</summary>
internal sealed class ContainerTarget : FuzzTarget
{
    internal override string Name => "container";

    internal override string Description => "a whole .ncf file: parsing, digest";

    // Compressed metadata may expand, up to the limit below.
    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (2L * Limits.MaxMetadataTotalBytes);

    internal static NcfLimits Limits { get; } = NcfLimits.Default with { MaxMetadataTotalBytes = 4 << 20, MaxDecompressedBytes = 1 << 20 };

    internal override IEnumerable<byte[]> Seeds() => SampleFiles.All();

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        NcfFile file = NcfFile.Parse(input, Limits);
        long payload = file.Units.Sum(u => u.PayloadBytes);
        Require(payload <= input.Length, $"{payload} payload bytes in a file of {input.Length}");
        file.VerifyDigest();
    }
}
