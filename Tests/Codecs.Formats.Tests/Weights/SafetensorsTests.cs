using System.Buffers.Binary;
using System.Text;
using Codecs.Formats.Container;
using Codecs.Formats.Weights;
using CsCheck;

namespace Codecs.Formats.Tests.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private static readonly float[] s_floats = [0f, -1.5f, 3.25f, float.MaxValue, -0f, 65504f];

    private readonly string _folder = Directory.CreateTempSubdirectory("codecs-weights-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SafetensorsTensor[] Tensors =>
    [
        SafetensorsTensor.Create<float>("g_a.0.weight", [2, 3], s_floats),
        SafetensorsTensor.Create<short>("cdf", [4], [0, 1, -32768, 32767]),
        SafetensorsTensor.Create<byte>("odd", [3], [1, 2, 255]),
        SafetensorsTensor.Create<long>("scalar", [], [-5L]),
        SafetensorsTensor.Create<int>("empty", [0, 7], []),
    ];

    [Fact]
    public void SmallFileHasTheBytesOfTheFormat()
    {
        byte[] file = SafetensorsWriter.ToArray([SafetensorsTensor.Create<byte>("b", [1], [9]), SafetensorsTensor.Create<short>("a", [1, 1], [-2])], new Dictionary<string, string> { ["k"] = "v" });
        const string Json = """{"__metadata__":{"k":"v"},"a":{"dtype":"I16","shape":[1,1],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""";
        int padded = (Json.Length + 7) / 8 * 8;
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal(Json.PadRight(padded), Encoding.UTF8.GetString(file, 8, padded));
        Assert.Equal([0xFE, 0xFF, 9], file[(8 + padded)..]);
    }

    [Fact]
    public void FileComesBackWithMetadataAndEveryTensor()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        SafetensorsWriter.Write(path, Tensors, new Dictionary<string, string> { ["format"] = "pt", ["Größe"] = "\"quoted\" \n" });
        SafetensorsFile file = SafetensorsFile.Read(path);
        Assert.Equal(["cdf", "empty", "g_a.0.weight", "odd", "scalar"], file.Tensors.Select(t => t.Name));
        Assert.Equal("\"quoted\" \n", file.Metadata["Größe"]);
        Assert.Equal(2, file.Metadata.Count);
        Assert.Equal(s_floats, file["g_a.0.weight"].ToFloats());
        Assert.Equal([2L, 3L], file["g_a.0.weight"].Shape);
        Assert.Equal([0, 1, -32768, 32767], file["cdf"].ToInt16s());
        Assert.Equal([1, 2, 255], file["odd"].ToInt32s());
        Assert.Equal([-5L], file["scalar"].ToInt64s());
        Assert.Empty(file["empty"].ToInt32s());
        Assert.True(file.TryGet("odd", out _));
        Assert.False(file.TryGet("Odd", out _));
        Assert.Contains("'nothing'", Assert.Throws<InvalidBitstreamException>(() => file["nothing"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OrderOfTensorsAndMetadataDoesNotMatter()
    {
        Dictionary<string, string> forward = new() { ["a"] = "1", ["b"] = "2" };
        Dictionary<string, string> backward = new() { ["b"] = "2", ["a"] = "1" };
        Assert.Equal(SafetensorsWriter.ToArray(Tensors, forward), SafetensorsWriter.ToArray(Tensors.Reverse(), backward));
    }

    [Fact]
    public void WritingReplacesTheFileAndLeavesNoTemporaryBehind()
    {
        string path = Path.Combine(_folder, "w.safetensors");
        File.WriteAllText(path, "old");
        SafetensorsWriter.Write(path, Tensors);
        Assert.Equal(5, SafetensorsFile.Read(path).Tensors.Count);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void FailedWritingKeepsTheOldFile()
    {
        string path = Path.Combine(_folder, "w.safetensors");
        File.WriteAllText(path, "old");
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [Tensors[0], Tensors[0]]));
        Assert.Equal("old", File.ReadAllText(path));

        // A folder of that name cannot be replaced; the temporary file goes away.
        string folder = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(folder);
        Assert.ThrowsAny<Exception>(() => SafetensorsWriter.Write(folder, Tensors));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void HalfAndBrainFloatsWidenExactly()
    {
        SafetensorsTensor half = SafetensorsTensor.CreateHalf("h", [4], [1f, -0.1f, 70000f, 6e-8f]);
        Assert.Equal(ElementType.F16, half.Type);
        Assert.Equal([1f, (float)(Half)(-0.1f), float.PositiveInfinity, (float)(Half)6e-8f], half.ToFloats());
        SafetensorsTensor brain = new("b", ElementType.BF16, [2], new byte[] { 0x80, 0x3F, 0x49, 0xC0 });
        Assert.Equal([1f, -3.140625f], brain.ToFloats());
    }

    [Fact]
    public void ConversionsThatWouldLoseSomethingAreRefused()
    {
        SafetensorsTensor integers = SafetensorsTensor.Create<int>("i", [1], [1]);
        Assert.Throws<InvalidBitstreamException>(() => integers.ToFloats());
        Assert.Throws<InvalidBitstreamException>(() => integers.ToInt16s());
        Assert.Throws<InvalidBitstreamException>(() => SafetensorsTensor.Create<double>("d", [1], [1.0]).ToFloats());
        Assert.Throws<InvalidBitstreamException>(() => SafetensorsTensor.Create<long>("l", [1], [1]).ToInt32s());
        Assert.Throws<InvalidBitstreamException>(() => SafetensorsTensor.Create<bool>("b", [1], [true]).ToInt64s());
        Assert.Equal([-3L], SafetensorsTensor.Create<sbyte>("s", [1], [-3]).ToInt64s());
        Assert.Equal([(short)-3], SafetensorsTensor.Create<sbyte>("s", [1], [-3]).ToInt16s());
    }

    [Fact]
    public void BytesAreASliceOfTheFile()
    {
        byte[] file = SafetensorsWriter.ToArray(Tensors);
        SafetensorsTensor odd = SafetensorsFile.Read(file)["scalar"];
        file[^1] ^= 0xFF;
        Assert.Equal(file[^1], odd.Bytes.Span[^1]);
    }

    [Fact]
    public void FingerprintIsTheSameBeforeWritingAndAfterReading()
    {
        SafetensorsTensor[] tensors = [.. Tensors.Where(t => t.Name != "g_a.0.weight")];
        SafetensorsFile file = SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors));
        Assert.Equal(
            CanonicalTensorHash.Compute("x", tensors.Select(t => t.ToCanonical())),
            CanonicalTensorHash.Compute("x", file.Tensors.Select(t => t.ToCanonical())));
    }

    [Fact]
    public void EveryTensorComesBack() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4].Array[0, 4], Gen.String[1, 20]).Sample(
            (type, shape, name) =>
            {
                int bytes = shape.Aggregate(((ElementType)type).SizeOf(), (a, b) => a * b);
                byte[] data = [.. Enumerable.Range(1, bytes).Select(i => (byte)i)];
                if (name == "__metadata__" || !IsUnicode(name))
                {
                    return;
                }

                SafetensorsTensor tensor = new(name, (ElementType)type, [.. shape.Select(d => (long)d)], data);
                SafetensorsTensor back = Assert.Single(SafetensorsFile.Read(SafetensorsWriter.ToArray([tensor])).Tensors);
                Assert.Equal((tensor.Name, tensor.Type), (back.Name, back.Type));
                Assert.Equal(tensor.Shape, back.Shape);
                Assert.Equal(data, back.Bytes.ToArray());
            }, iter: 3_000);

    [Fact]
    public void TensorsThatContradictThemselvesAreTheCallersMistakes()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<float>("x", [2], [1f]));
        Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<float>("x", [-1], [1f]));
        Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<float>("", [1], [1f]));
        Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<float>("__metadata__", [1], [1f]));
        Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<char>("x", [1], ['c']));
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("x", ElementType.U8, new long[17], default));
    }

    private static bool IsUnicode(string text)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
