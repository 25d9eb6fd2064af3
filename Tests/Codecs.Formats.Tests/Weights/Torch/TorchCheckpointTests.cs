using System.Runtime.InteropServices;
using Codecs.Formats.Container;
using Codecs.Formats.Weights;
using Codecs.Formats.Weights.Torch;

namespace Codecs.Formats.Tests.Weights.Torch;

public class TorchCheckpointTests
{
    private static readonly byte[] s_six = MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6]).ToArray();

    [Fact]
    public void AStateDictionaryIsFoundUnderItsKey()
    {
        TorchCheckpoint checkpoint = TorchCheckpoint.Read(CheckpointBuilder.Save([("a.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [], [7])], ("J", 3), ("light", true)));

        IReadOnlyDictionary<string, SafetensorsTensor> tensors = checkpoint.StateDictionary("model_state_dict");
        Assert.Equal(["a.weight", "b"], tensors.Keys.Order());
        Assert.Equal([2, 3], tensors["a.weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensors["a.weight"].ToFloats());
        Assert.Empty(tensors["b"].Shape);
        Assert.Equal([7], tensors["b"].ToFloats());
    }

    [Fact]
    public void ANamespaceIsInertData()
    {
        TorchCheckpoint checkpoint = TorchCheckpoint.Read(CheckpointBuilder.Save([("a", [1], [1])], ("J", 3), ("light", true)));

        TorchOpaque config = Assert.IsType<TorchOpaque>(checkpoint.Find("config"));
        Assert.Equal("types.SimpleNamespace", config.TypeName);
        Assert.Empty(config.Arguments);
        Assert.Equal(new Dictionary<string, object?> { ["J"] = 3L, ["light"] = true }, Assert.IsType<Dictionary<string, object?>>(config.State));
    }

    [Fact]
    public void AStateDictionaryMayBeTheRoot()
    {
        PickleWriter pickle = new PickleWriter().OrderedDictionary().Op("(").Text("a").Tensor("FloatStorage", "0", 6, 0, [6], [1]).Op("u");

        Assert.Equal([1, 2, 3, 4, 5, 6], Read(pickle, s_six).StateDictionary()["a"].ToFloats());
    }

    [Fact]
    public void ViewsComeOutRowByRow()
    {
        PickleWriter pickle = new PickleWriter().Op("}(")
            .Text("transposed").Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3])
            .Text("second row").Tensor("FloatStorage", "0", 6, 3, [3], [1])
            .Text("columns").Tensor("FloatStorage", "0", 6, 1, [2, 2], [3, 1])
            .Text("single row").Tensor("FloatStorage", "0", 6, 3, [1, 3], [77, 1])
            .Text("nothing").Tensor("FloatStorage", "0", 6, 0, [0, 5], [5, 1]).Op("u");

        IReadOnlyDictionary<string, SafetensorsTensor> tensors = Read(pickle, s_six).StateDictionary();
        Assert.Equal([1, 4, 2, 5, 3, 6], tensors["transposed"].ToFloats());
        Assert.Equal([4, 5, 6], tensors["second row"].ToFloats());
        Assert.Equal([2, 3, 5, 6], tensors["columns"].ToFloats());
        Assert.Equal([4, 5, 6], tensors["single row"].ToFloats());
        Assert.Equal([0, 5], tensors["nothing"].Shape);
        Assert.Empty(tensors["nothing"].ToFloats());
    }

    [Theory]
    [InlineData("FloatStorage", ElementType.F32)]
    [InlineData("HalfStorage", ElementType.F16)]
    [InlineData("BFloat16Storage", ElementType.BF16)]
    [InlineData("DoubleStorage", ElementType.F64)]
    [InlineData("LongStorage", ElementType.I64)]
    [InlineData("IntStorage", ElementType.I32)]
    [InlineData("ShortStorage", ElementType.I16)]
    [InlineData("CharStorage", ElementType.I8)]
    [InlineData("ByteStorage", ElementType.U8)]
    [InlineData("BoolStorage", ElementType.Bool)]
    public void EveryStorageHasItsElementType(string storage, ElementType type)
    {
        byte[] bytes = [.. Enumerable.Range(0, 6 * type.SizeOf()).Select(i => (byte)i)];
        PickleWriter pickle = new PickleWriter().Op("}").Text("t").Tensor(storage, "0", 6, 0, [3, 2], [1, 3]).Op("s");

        SafetensorsTensor tensor = Read(pickle, bytes).StateDictionary()["t"];

        Assert.Equal(type, tensor.Type);
        int[] order = [0, 3, 1, 4, 2, 5];
        Assert.Equal(order.SelectMany(i => bytes[(i * type.SizeOf())..((i + 1) * type.SizeOf())]), tensor.Bytes.ToArray());
    }

    [Fact]
    public void ParametersAreTheirTensors()
    {
        PickleWriter pickle = new PickleWriter().Op("}").Text("p").Global("torch._utils", "_rebuild_parameter")
            .Op("(").Tensor("FloatStorage", "0", 6, 0, [6], [1]).Op(0x88).OrderedDictionary().Op("tRs");

        Assert.Equal([6], Read(pickle, s_six).StateDictionary()["p"].Shape);
    }

    [Fact]
    public void PlainValuesKeepTheirKind()
    {
        PickleWriter pickle = new PickleWriter().Op("](").Integer(5).Integer(300).Integer(-2).Integer(1L << 40).Integer(-(1L << 40)).Number(0.5).Op("N").Op(0x88, 0x89)
            .Text("é").Op((byte)'C', 2, 1, 2).Tuple(1, 2).Global("torch", "Size").Op("(").Tuple(3, 4).Op("tR").Op(0x8a, 0).Op(0x8a, 1, 0xFF).Op("e");

        List<object?> list = Assert.IsType<List<object?>>(Read(pickle).Root);

        Assert.Equal([5L, 300L, -2L, 1L << 40, -(1L << 40), 0.5, null, true, false, "é"], list[..10]);
        Assert.Equal(new byte[] { 1, 2 }, list[10]);
        Assert.Equal(new object?[] { 1L, 2L }, list[11]);
        Assert.Equal(new object?[] { 3L, 4L }, list[12]);
        Assert.Equal([0L, -1L], list[13..]);
    }

    [Fact]
    public void LaterProtocolsAreRead()
    {
        // As protocol 4 writes {"a": (1, "a")}: frames, short text, memoised values.
        byte[] pickle = [0x80, 4, 0x95, 12, 0, 0, 0, 0, 0, 0, 0, (byte)'}', 0x94, 0x8c, 1, (byte)'a', 0x94, (byte)'K', 1, (byte)'h', 1, 0x86, 0x94, (byte)'s', (byte)'.'];

        TorchCheckpoint checkpoint = TorchCheckpoint.Read(CheckpointBuilder.Archive(pickle));

        Assert.Equal(new object?[] { 1L, "a" }, checkpoint.Find("a"));
    }

    // As PyTorch Lightning 1.0 saves it: states of callbacks under their classes, settings in classes of their own.
    [Fact]
    public void WhatForeignClassesMadeLiesInertBesideTheWeights()
    {
        PickleWriter pickle = new PickleWriter().Op("}(")
            .Text("callbacks").Op("}").Global("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint").Op("}").Text("best").Number(0.5).Op("ss")
            .Text("settings").Global("lightning.parsing", "AttributeDict").Op(")").Op(0x81).Op("(").Text("lr").Number(4.5e-6).Op("u}").Text("x").Integer(1).Op("sb")
            .Text("named").Global("torch", "device").Op(")}").Op(0x92)
            .Text("counts").Global("collections", "defaultdict").Global("__builtin__", "int").Op(0x85).Op("R").Integer(3).Integer(4).Op("s")
            .Text("callable").Global("builtins", "getattr").Op("(").Text("a").Op("tR)R")
            .Text("items").Global("foreign", "List").Op(")R").Integer(7).Op("a")
            .Text("keys").Op("}(N").Integer(1).Op(0x88).Integer(2).Number(0.5).Integer(3).Tuple(1, 2).Integer(4).Op("u")
            .Text("state_dict").Op("}").Text("w").Tensor("FloatStorage", "0", 6, 0, [6], [1]).Op("s")
            .Op("u");

        TorchCheckpoint checkpoint = Read(pickle, s_six);

        Assert.Equal([1, 2, 3, 4, 5, 6], checkpoint.StateDictionary("state_dict")["w"].ToFloats());
        Assert.Equal(0.5, checkpoint.Find("callbacks", "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint", "best"));
        TorchOpaque settings = Assert.IsType<TorchOpaque>(checkpoint.Find("settings"));
        Assert.Equal("lightning.parsing.AttributeDict", settings.TypeName);
        Assert.Equal(1L, Assert.IsType<Dictionary<string, object?>>(settings.State)["x"]);
        Assert.Equal("torch.device", Assert.IsType<TorchOpaque>(checkpoint.Find("named")).TypeName);
        Assert.Equal("collections.defaultdict", Assert.IsType<TorchOpaque>(checkpoint.Find("counts")).TypeName);
        Assert.Equal("builtins.getattr", Assert.IsType<TorchOpaque>(checkpoint.Find("callable")).TypeName);
        Assert.Equal("foreign.List", Assert.IsType<TorchOpaque>(checkpoint.Find("items")).TypeName);
        Assert.Equal(
            new Dictionary<string, object?> { ["None"] = 1L, ["True"] = 2L, ["0.5"] = 3L }, Assert.IsType<Dictionary<string, object?>>(checkpoint.Find("keys")));
    }

    [Fact]
    public void IntegerKeysBecomeText() => Assert.Equal("x", Read(new PickleWriter().Op("}").Integer(7).Text("x").Op("s")).Find("7"));

    [Fact]
    public void ValuesMayContainThemselves()
    {
        TorchCheckpoint checkpoint = Read(new PickleWriter().Op("}").Op((byte)'q', 9).Text("self").Op((byte)'h', 9).Op("s"));

        Assert.Same(checkpoint.Root, checkpoint.Find("self", "self", "self"));
    }

    [Fact]
    public void Zip64ArchivesAreRead()
    {
        byte[] pickle = new PickleWriter().Op("}").Text("t").Tensor("FloatStorage", "0", 6, 0, [6], [1]).Op("s").ToArray();

        byte[] file = CheckpointBuilder.Zip([("x/data.pkl", pickle), ("x/data/0", s_six)], zip64: true);

        Assert.Equal([1, 2, 3, 4, 5, 6], TorchCheckpoint.Read(file).StateDictionary()["t"].ToFloats());
    }

    [Fact]
    public void AMissingDictionaryIsNamed()
    {
        TorchCheckpoint checkpoint = Read(new PickleWriter().Op("}"));

        Assert.Contains("'weights'", Assert.Throws<InvalidBitstreamException>(() => checkpoint.StateDictionary("weights")).Message, StringComparison.Ordinal);
        Assert.Null(checkpoint.Find("a", "b"));
    }

    private static TorchCheckpoint Read(PickleWriter pickle, params byte[][] storages) => TorchCheckpoint.Read(CheckpointBuilder.Archive(pickle.ToArray(), storages));
}
