using Codecs.Formats.Container;

namespace Codecs.Fuzz.Targets;

/// <summary>The same files read forwards, strictly and with recovery, and jumped into.</summary>
internal sealed class ContainerStreamTarget : FuzzTarget
{
    private static readonly NcfReaderOptions s_recovering = new() { Recover = true };

    internal override string Name => "container-stream";

    internal override string Description => "a whole .ncf file: read forwards with recovery, sought in, read strictly";

    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (4L * ContainerTarget.Limits.MaxMetadataTotalBytes);

    internal override IEnumerable<byte[]> Seeds() => SampleFiles.All();

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        byte[] bytes = input.ToArray();
        int recovered = Count(bytes, s_recovering);
        Seek(bytes);
        int strict = Count(bytes, NcfReaderOptions.Default);
        Require(recovered >= strict, $"recovery found {recovered} units where strict reading found {strict}");
    }

    private static int Count(byte[] bytes, NcfReaderOptions options)
    {
        using var reader = new NcfStreamReader(new MemoryStream(bytes), ContainerTarget.Limits, options);
        int units = 0;
        for (; reader.ReadUnit() is not null; units++)
        {
            Require(units <= bytes.Length, "more units than bytes");
        }

        return units;
    }

    private static void Seek(byte[] bytes)
    {
        using var reader = new NcfStreamReader(new MemoryStream(bytes), ContainerTarget.Limits, s_recovering);
        try
        {
            if (reader.ReadHeader() is not null)
            {
                reader.SeekToTick(3);
                reader.ReadUnit();
            }
        }
        catch (Exception e) when (e is CodecException or NotSupportedException)
        {
            // Nowhere to jump to, or no time in the file; the strict pass below says what is wrong.
        }
    }
}
