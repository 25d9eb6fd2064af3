using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class SceneAccessorTests
{
    [Theory]
    [InlineData(5120, true, new byte[] { 127, 0x80, 0 }, new[] { 1f, -1, 0 })]
    [InlineData(5120, false, new byte[] { 127, 0x80, 0 }, new[] { 127f, -128, 0 })]
    [InlineData(5121, true, new byte[] { 255, 51, 0 }, new[] { 1f, 0.2f, 0 })]
    [InlineData(5121, false, new byte[] { 255, 51, 0 }, new[] { 255f, 51, 0 })]
    [InlineData(5122, true, new byte[] { 0xFF, 0x7F, 0, 0x80, 0, 0 }, new[] { 1f, -1, 0 })]
    [InlineData(5123, true, new byte[] { 0xFF, 0xFF, 0x33, 0x33, 0, 0 }, new[] { 1f, 0.2f, 0 })]
    [InlineData(5123, false, new byte[] { 1, 1, 2, 0, 0, 0 }, new[] { 257f, 2, 0 })]
    [InlineData(5125, false, new byte[] { 1, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0 }, new[] { 65537f, 2, 0 })]
    public void IntegersOfEveryTypeAreRead(int component, bool normalized, byte[] bytes, float[] expected)
    {
        SceneAccessor accessor = Accessor(bytes, $$"""{"bufferView":0,"componentType":{{component}},"normalized":{{(normalized ? "true" : "false")}},"count":3,"type":"SCALAR"}""");

        TestScenes.Near(expected, accessor.ReadFloats(), 1e-6f);
        TestScenes.Near([expected[2], expected[0]], accessor.ReadFloats([2, 0]), 1e-6f);
    }

    [Fact]
    public void InterleavedViewsAreRead()
    {
        byte[] bytes = [1, 2, 9, 9, 3, 4, 9, 9, 5, 6];
        SceneAccessor accessor = Accessor(bytes, """{"bufferView":0,"componentType":5121,"count":3,"type":"VEC2"}""", """{"buffer":0,"byteLength":10,"byteStride":4}""");

        Assert.Equal([1, 2, 3, 4, 5, 6], accessor.ReadIntegers());
    }

    [Fact]
    public void ColumnsOfSmallMatricesArePadded()
    {
        byte[] bytes = [1, 2, 9, 9, 3, 4, 9, 9];
        SceneAccessor accessor = Accessor(bytes, """{"bufferView":0,"componentType":5121,"count":1,"type":"MAT2"}""");

        Assert.Equal([1, 2, 3, 4], accessor.ReadFloats());
    }

    [Theory]
    [InlineData("\"bufferView\":0,", new[] { 1f, 2, 30, 4, 50 })]
    [InlineData("", new[] { 0f, 0, 30, 0, 50 })]
    public void SparseValuesReplaceOthers(string view, float[] expected)
    {
        // Five bytes of values, two indices, two values that replace.
        byte[] bytes = [1, 2, 3, 4, 5, 2, 4, 30, 50];
        SceneAccessor accessor = Accessor(
            bytes,
            "{" + view + """
            "componentType":5121,"count":5,"type":"SCALAR","sparse":{"count":2,
            "indices":{"bufferView":0,"byteOffset":5,"componentType":5121},"values":{"bufferView":0,"byteOffset":7}}}
            """);

        Assert.True(accessor.IsSparse);
        Assert.Equal(expected, accessor.ReadFloats());
        Assert.Equal([expected[4], expected[1]], accessor.ReadFloats([4, 1]));
        Assert.Equal(expected.Select(v => (int)v), accessor.ReadIntegers());
    }

    [Fact]
    public void QuantisedPositionsAreScaledByTheirNode()
    {
        var scene = new Scene();
        int view = scene.AddBufferView(new byte[] { 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0 });
        scene.Json["bufferViews"]![view]!["byteStride"] = 8;
        scene.Json["accessors"] = JsonNode.Parse("""[{"bufferView":0,"componentType":5123,"normalized":true,"count":2,"type":"VEC3"}]""");
        scene.Json["extensionsRequired"] = JsonNode.Parse("""["KHR_mesh_quantization"]""");
        int indices = scene.AddIndices([0, 1]);
        scene.Json["meshes"] = JsonNode.Parse($$"""[{"primitives":[{"mode":0,"attributes":{"POSITION":0},"indices":{{indices}}}]}]""");
        scene.Json["nodes"] = JsonNode.Parse("""[{"mesh":0,"scale":[10,10,10],"translation":[1,0,0]}]""");
        scene.Check();

        TestScenes.Near([1, 0, 10, 1, 10, 0], scene.ToPointCloud().Positions, 1e-5f);
    }

    [Theory]
    [InlineData("""{"bufferView":0,"componentType":5126,"count":3,"type":"SCALAR"}""")]
    [InlineData("""{"bufferView":0,"componentType":5121,"count":9,"type":"SCALAR"}""")]
    [InlineData("""{"bufferView":0,"byteOffset":6,"componentType":5121,"count":3,"type":"SCALAR"}""")]
    [InlineData("""{"bufferView":1,"componentType":5121,"count":1,"type":"SCALAR"}""")]
    [InlineData("""{"componentType":5121,"count":2000000000,"type":"VEC4"}""")]
    [InlineData("""{"bufferView":0,"componentType":5121,"count":-1,"type":"SCALAR"}""")]
    [InlineData("""{"bufferView":0,"componentType":5121,"count":1.5,"type":"SCALAR"}""")]
    [InlineData("""{"bufferView":0,"componentType":5124,"count":1,"type":"SCALAR"}""")]
    [InlineData("""{"bufferView":0,"componentType":5121,"count":1,"type":"VEC5"}""")]
    [InlineData("""{"componentType":5121,"count":5,"type":"SCALAR","sparse":{"count":2,"indices":{"bufferView":0,"componentType":5121},"values":{"bufferView":0}}}""")]
    public void WhatDoesNotFitIsRefused(string json) => Assert.Throws<MediaException>(() => Accessor(new byte[8], json));

    private static SceneAccessor Accessor(byte[] bytes, string accessor, string? view = null)
    {
        var json = (JsonObject)JsonNode.Parse(
            $$"""{"asset":{"version":"2.0"},"buffers":[{"byteLength":{{bytes.Length}}}],"bufferViews":[{{view ?? $"{{\"buffer\":0,\"byteLength\":{bytes.Length}}}"}}],"accessors":[{{accessor}}]}""")!;
        return new Scene(json, [bytes]).Accessor(0);
    }
}
