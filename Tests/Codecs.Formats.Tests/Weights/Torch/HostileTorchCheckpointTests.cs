using System.Text;
using Codecs.Formats.Weights.Torch;
using CsCheck;

namespace Codecs.Formats.Tests.Weights.Torch;

public class HostileTorchCheckpointTests
{
    private static readonly byte[] s_storage = new byte[24];

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("__main__", "Config")]
    public void EveryOtherNameIsAPlaceholderThatIsNeverCalled(string module, string name)
    {
        PickleWriter pickle = new PickleWriter().Global(module, name).Op("(").Text("echo").Op("tR");
        byte[] stackGlobal = [0x80, 4, .. Short(module), .. Short(name), 0x93, (byte)')', (byte)'R', (byte)'.'];

        TorchOpaque opaque = Assert.IsType<TorchOpaque>(Read(pickle.ToArray()).Root);
        Assert.Equal(($"{module}.{name}", "echo"), (opaque.TypeName, Assert.Single(opaque.Arguments)));
        Assert.Equal($"{module}.{name}", Assert.IsType<TorchOpaque>(Read(stackGlobal).Root).TypeName);
        Assert.Contains($"{module}.{name}", Assert.Throws<InvalidBitstreamException>(() => Read(stackGlobal).StateDictionary()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAreLimited() => Assert.Throws<LimitExceededException>(() => Read(new PickleWriter().Global(new string('m', 200), new string('n', 57)).ToArray()));

    [Fact]
    public void StorageClassesAreNotCalled() => Assert.Contains(
        "torch.FloatStorage",
        Assert.Throws<UnsupportedBitstreamException>(() => Read(new PickleWriter().Global("torch", "FloatStorage").Op(")R").ToArray())).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("(ios\nsystem\n")] // INST
    [InlineData("P0\n")] // PERSID in text
    [InlineData("I1\n")]
    [InlineData("(o")]
    [InlineData("\u0082\u0001")] // EXT1
    [InlineData("\u0097")] // NEXT_BUFFER
    public void OtherOpcodesAreRefused(string opcodes) =>
        Assert.Contains("opcode", Assert.Throws<UnsupportedBitstreamException>(() => Read(new PickleWriter().Op(opcodes).ToArray())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(6, 0, new long[] { 7 }, new long[] { 1 })]
    [InlineData(6, 1, new long[] { 6 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 4, 1 })]
    [InlineData(6, -1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(6, 7, new long[] { 0 }, new long[] { 1 })]
    [InlineData(6, 5, new long[] { 2 }, new long[] { -1 })]
    [InlineData(6, 0, new long[] { -6 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 1L << 31, 1L << 31, 4 }, new long[] { 0, 0, 0 })]
    [InlineData(6, 0, new long[] { 1000 }, new long[] { 0 })]
    [InlineData(6, 0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(6, long.MaxValue, new long[] { 2 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(7, 0, new long[] { 1 }, new long[] { 1 })]
    [InlineData(5, 0, new long[] { 1 }, new long[] { 1 })]
    [InlineData(-6, 0, new long[] { 1 }, new long[] { 1 })]
    public void TensorsThatLeaveTheirStorageAreRefused(long count, long offset, long[] sizes, long[] strides) => Assert.Throws<InvalidBitstreamException>(
        () => Read(new PickleWriter().Tensor("FloatStorage", "0", count, offset, sizes, strides).ToArray()));

    [Fact]
    public void ManyCopiesOfOneStorageAreRefused()
    {
        PickleWriter pickle = new PickleWriter().Op("](");
        for (int i = 0; i < 5000; i++)
        {
            pickle.Tensor("ByteStorage", "0", 90_000, 0, [300, 300], [1, 300]);
        }

        Assert.Throws<LimitExceededException>(() => TorchCheckpoint.Read(CheckpointBuilder.Archive(pickle.Op("e").ToArray(), new byte[90_000])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("t")]
    [InlineData("}a")]
    [InlineData("]s")]
    [InlineData("])s")]
    [InlineData("}](e")]
    [InlineData("}(Nu")]
    [InlineData("NR")]
    [InlineData("N)R")]
    [InlineData("N}b")]
    [InlineData("]]")]
    [InlineData("(N")]
    [InlineData("NQ")]
    [InlineData(")Q")]
    [InlineData("h\u0005")]
    [InlineData("j\u0005\u0000\u0000\u0000")]
    [InlineData("X\u00ff\u00ff\u00ff\u007f")]
    [InlineData("X\u0001\u0000\u0000\u0000\u00ff")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("(N\u0085\u0085")]
    [InlineData("ccollections")]
    [InlineData("NN\u0093")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R")]
    [InlineData("ctorch._utils\n_rebuild_parameter\n)R")]
    [InlineData("ctorch\nSize\n)R")]
    [InlineData("ccollections\nOrderedDict\nN\u0085R")]
    public void MalformedPicklesAreRefused(string opcodes)
    {
        Exception? error = Record.Exception(() => Read(new PickleWriter().Op(opcodes).ToArray()));
        Assert.True(error is InvalidBitstreamException or UnsupportedBitstreamException, $"{error?.ToString() ?? "accepted"}");
    }

    [Fact]
    public void DepthIsHarmless()
    {
        byte[] nested = [0x80, 2, .. Enumerable.Repeat((byte)']', 1_000_000), .. Enumerable.Repeat((byte)'a', 999_999), (byte)'.'];
        Assert.IsType<List<object?>>(Read(nested).Root);
    }

    [Theory]
    [InlineData("}")]
    [InlineData("(")]
    [InlineData("\u0094")]
    [InlineData("2")]
    public void TheNumberOfValuesIsLimited(string opcode) => Assert.Throws<LimitExceededException>(
        () => Read([0x80, 2, (byte)'N', .. Enumerable.Repeat((byte)opcode[0], 4_000_001), (byte)'.']));

    [Fact]
    public void KeysAreLimited() => Assert.Throws<LimitExceededException>(
        () => Read(new PickleWriter().Op("}").Text(new string('k', 5000)).Op("Ns").ToArray()));

    [Fact]
    public void StoragesMustBeThere() => Assert.Contains(
        "'7'",
        Assert.Throws<InvalidBitstreamException>(() => Read(new PickleWriter().Storage("FloatStorage", "7", 6).ToArray())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OldCheckpointsGetAdvice()
    {
        byte[] old = [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.Contains("torch.save", Assert.Throws<UnsupportedBitstreamException>(() => TorchCheckpoint.Read(old)).Message, StringComparison.Ordinal);
        Assert.Contains("torch.save", Assert.Throws<UnsupportedBitstreamException>(() => TorchCheckpoint.Read(tar)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidBitstreamException>(() => TorchCheckpoint.Read("hello"u8.ToArray()));
    }

    [Fact]
    public void CompressedEntriesAreRefused() => Assert.Contains(
        "compressed",
        Assert.Throws<UnsupportedBitstreamException>(() => TorchCheckpoint.Read(CheckpointBuilder.Deflated(("m/data.pkl", new byte[100_000])))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void BigEndianAndTorchScriptAreRefused()
    {
        byte[] pickle = new PickleWriter().Op("}").ToArray();

        Assert.Throws<UnsupportedBitstreamException>(() => TorchCheckpoint.Read(CheckpointBuilder.Zip([("m/data.pkl", pickle), ("m/byteorder", "big"u8.ToArray())])));
        Assert.Throws<UnsupportedBitstreamException>(() => TorchCheckpoint.Read(CheckpointBuilder.Zip([("m/data.pkl", pickle), ("m/constants.pkl", pickle)])));
        Assert.Throws<InvalidBitstreamException>(() => TorchCheckpoint.Read(CheckpointBuilder.Zip([("m/data.pkl", pickle), ("n/data.pkl", pickle)])));
        Assert.Throws<InvalidBitstreamException>(() => TorchCheckpoint.Read(CheckpointBuilder.Zip([("m/other", pickle)])));
        Assert.Throws<InvalidBitstreamException>(() => TorchCheckpoint.Read(CheckpointBuilder.Zip([("m/data.pkl", pickle), ("m/data.pkl", pickle)])));
    }

    [Fact]
    public void ADamagedStorageIsNoticed()
    {
        byte[] file = Small();
        int at = file.AsSpan().IndexOf(new byte[] { 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40 });
        file[at] ^= 1;

        Assert.Contains("model/data/0", Assert.Throws<InvalidBitstreamException>(() => TorchCheckpoint.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] file = Small();
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => TorchCheckpoint.Read(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void EveryChangedByteOfAFileGivesOurErrorOrAValidCheckpoint()
    {
        byte[] file = Small();
        for (int at = 0; at < file.Length; at++)
        {
            byte good = file[at];
            foreach (byte change in (ReadOnlySpan<byte>)[1, 2, 4, 8, 16, 32, 64, 128, 255, (byte)(good ^ 0), (byte)(good ^ 255)])
            {
                file[at] = (byte)(good ^ change);
                Tolerate(file);
            }

            file[at] = good;
        }
    }

    // With a right checksum, so that the changes reach the reader of pickles.
    [Fact]
    public void EveryChangedByteOfAPickleGivesOurErrorOrAValidCheckpoint()
    {
        byte[] pickle = SmallPickle();
        for (int at = 0; at < pickle.Length; at++)
        {
            byte good = pickle[at];
            for (int value = 0; value < 256; value++)
            {
                pickle[at] = (byte)value;
                Tolerate(CheckpointBuilder.Archive(pickle, s_storage, s_storage));
            }

            pickle[at] = good;
        }
    }

    [Fact]
    public void RandomPicklesNeverEscape()
    {
        byte[] opcodes = [.. Encoding.Latin1.GetBytes("(0122}])taesuqhjRbQNJKMGXc."), 0x80, 0x81, 0x92, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x8f, 0x90, 0x91, 0x93, 0x94, 0x95, 0, 1, 2];
        Gen.Int[0, opcodes.Length - 1].Array[0, 40].Sample(
            picks => Tolerate(CheckpointBuilder.Archive([0x80, 2, .. picks.Select(i => opcodes[i]), (byte)'.'], s_storage)), iter: 20_000);
    }

    private static void Tolerate(byte[] file)
    {
        try
        {
            TorchCheckpoint.Read(file);
        }
        catch (CodecException)
        {
        }
    }

    private static TorchCheckpoint Read(byte[] pickle) => TorchCheckpoint.Read(CheckpointBuilder.Archive(pickle, s_storage));

    private static byte[] Small() => CheckpointBuilder.Save([("a.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [2], [7, 8])], ("J", 3));

    private static byte[] SmallPickle() => new PickleWriter().Op("}(")
        .Text("a").Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3])
        .Text("b").Tensor("ShortStorage", "1", 12, 2, [5], [2])
        .Text("c").Global("types", "SimpleNamespace").Op(")R}").Text("k").Integer(5).Op("sb").Op("u").ToArray();

    private static byte[] Short(string text) => [0x8c, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
