using System.IO.Compression;
using System.Text;
using Codecs.Formats.Container;
using Codecs.Formats.Weights.Torch;

namespace Codecs.Fuzz.Targets;

/// <summary>A PyTorch checkpoint: a zip archive with a pickle in it.</summary>
/// <remarks>Damage inside an archive is mostly found by its checksums. So an input that does not begin like a zip archive is a pickle, from
/// which a good archive is made.</remarks>
internal sealed class TorchCheckpointTarget : FuzzTarget
{
    // {"w": a tensor of 2 x 2 floats in storage 0, "n": [1, True]} as torch.save pickles it.
    private const string Pickle =
        "\u0080\u0002}q\0(X\u0001\0\0\0wq\u0001ctorch._utils\n_rebuild_tensor_v2\nq\u0002((X\u0007\0\0\0storageq\u0003ctorch\nFloatStorage\nq\u0004X\u0001\0\0\00q\u0005X\u0003\0\0\0cpuq\u0006K\u0004tq\u0007QK\0" +
        "K\u0002K\u0002\u0086q\bK\u0002K\u0001\u0086q\t\u0089ccollections\nOrderedDict\nq\u000a)Rq\u000btq\u000cRq\rX\u0001\0\0\0nq\u000e]q\u000f(K\u0001\u0088eu.";

    internal override string Name => "torch-checkpoint";

    internal override string Description => "a PyTorch checkpoint, or the pickle for one";

    internal override IEnumerable<byte[]> Seeds()
    {
        byte[] pickle = Encoding.Latin1.GetBytes(Pickle);
        yield return pickle;
        yield return [.. Encoding.Latin1.GetBytes("\u0080\u0002}q\0X\u0001\0\0\0aq\u0001K\u0005s.")];
        yield return Archive(pickle);
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        TorchCheckpoint checkpoint = TorchCheckpoint.Read(input.Span.StartsWith("PK"u8) ? input : Archive(input.Span));
        foreach (object? value in (checkpoint.Root as Dictionary<string, object?>)?.Values ?? Enumerable.Empty<object?>())
        {
            if (value is TorchTensor tensor)
            {
                long count = tensor.Shape.Aggregate(1L, (product, d) => checked(product * d));
                Require(count == tensor.Bytes.Length / tensor.Type.SizeOf(), "a tensor's bytes do not fill its shape");
            }
        }
    }

    private static byte[] Archive(ReadOnlySpan<byte> pickle)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "model/data.pkl", pickle);
            Add(archive, "model/data/0", [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64]);
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }
}
