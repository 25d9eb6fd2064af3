using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Codecs.Formats.Media;
using Codecs.Geometry.Scenes;

namespace Codecs.Geometry.Tests.Scenes;

public sealed class SceneCoderTests
{
    private static readonly GeometryEncoderOptions s_options = new() { PositionBits = 12, TexCoordBits = 12, NormalBits = 10 };

    [Fact]
    public void NamesMaterialsExtrasAndExtensionsSurviveLetterByLetter()
    {
        Scene scene = SampleScenes.Everything();
        string before = scene.Json.ToJsonString();

        Scene decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options).Payload);

        Assert.Equal(SceneComparer.Outline(scene), SceneComparer.Outline(decoded));
        Assert.Equal(before, scene.Json.ToJsonString());
        Assert.Contains("normals of left", decoded.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("\"number\":0.10", decoded.Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SkinsAnimationsTargetsAndLinesSurviveBitForBit()
    {
        Scene scene = SampleScenes.Everything(), decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options).Payload);

        AssertExact(scene, decoded, s => s["skins"]![0]!["inverseBindMatrices"]!);
        AssertExact(scene, decoded, s => s["animations"]![0]!["samplers"]![0]!["input"]!);
        AssertExact(scene, decoded, s => s["animations"]![0]!["samplers"]![0]!["output"]!);
        AssertExact(scene, decoded, s => s["meshes"]![2]!["primitives"]![0]!["targets"]![0]!["POSITION"]!);
        AssertExact(scene, decoded, s => s["meshes"]![2]!["primitives"]![1]!["attributes"]!["POSITION"]!);
        AssertExact(scene, decoded, s => s["extensions"]!["EXT_test"]!["accessor"]!);
        Assert.Equal(scene.Image(0).Bytes.ToArray(), decoded.Image(0).Bytes.ToArray());
    }

    [Fact]
    public void TrianglesAndTheirCornersComeBackWithinHalfAStep()
    {
        Scene scene = SampleScenes.Everything();
        EncodedScene encoded = SceneCoder.Encode(scene, s_options);
        Scene decoded = SceneCoder.Decode(encoded.Payload);
        float half = (float)encoded.LargestStep / 2 * 1.001f;
        string[] names = ["NORMAL", "TEXCOORD_0", "TEXCOORD_1", "TANGENT", "COLOR_0", "_BATCH"];
        // An octahedral step is 2 / 1023 wide at most in each direction.
        float[] tolerances =
        [
            half, half, half, 0.004f, 0.004f, 0.004f, 0.5f / 4095, 0.5f / 4095, 0.6f / 4095, 0.6f / 4095,
            0.004f, 0.004f, 0.004f, 0, 0.00052f, 0.00052f, 0.00052f, 0.00052f, 0,
        ];
        for (int primitive = 0; primitive < 2; primitive++)
        {
            SceneComparer.AssertSame(
                SceneComparer.Corners(scene, SceneComparer.Primitive(scene, 0, primitive), names),
                SceneComparer.Corners(decoded, SceneComparer.Primitive(decoded, 0, primitive), names), tolerances);
        }

        Assert.Equal(4, encoded.Primitives);
        Assert.Equal(1, encoded.KeptPrimitives);
    }

    [Fact]
    public void SeamsSplitVerticesAgainAndNothingElseDoes()
    {
        Scene scene = SampleScenes.Everything(), decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options).Payload);
        JsonNode Position(Scene s) => SceneComparer.Primitive(s, 1, 0)["attributes"]!["POSITION"]!;

        Assert.Equal(scene.Accessor((int)Position(scene)).Count, decoded.Accessor((int)Position(decoded)).Count);
    }

    [Fact]
    public void BordersThatTouchStillTouch()
    {
        Scene decoded = SceneCoder.Decode(SceneCoder.Encode(SampleScenes.Everything(), new() { PositionBits = 7 }).Payload);
        var left = Border(decoded, 0);
        var right = Border(decoded, 1);

        Assert.True(left.IsSupersetOf(right.Where(p => p.X == left.Max(q => q.X))));
        Assert.Equal(7, right.Count(left.Contains));
    }

    [Fact]
    public void JointsComeBackAndWeightsHaveTheSumOne()
    {
        Scene scene = SampleScenes.Everything(), decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options).Payload);
        float[][] expected = SceneComparer.Corners(scene, SceneComparer.Primitive(scene, 1, 0), "JOINTS_0", "WEIGHTS_0");
        float[][] actual = SceneComparer.Corners(decoded, SceneComparer.Primitive(decoded, 1, 0), "JOINTS_0", "WEIGHTS_0");

        SceneComparer.AssertSame(expected, actual, [0.01f, 0.01f, 0.01f, 0, 0, 0, 0, 0.003f, 0.003f, 0.003f, 0.003f]);
        Assert.All(actual, c => Assert.Equal(255, (int)MathF.Round(255 * c[7..].Sum())));
    }

    [Fact]
    public void KeptOrderKeepsEveryIndex()
    {
        Scene scene = SampleScenes.Everything(), decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options with { KeepOrder = true }).Payload);
        for (int mesh = 0; mesh < 2; mesh++)
        {
            JsonObject before = SceneComparer.Primitive(scene, mesh, 0), after = SceneComparer.Primitive(decoded, mesh, 0);
            Assert.Equal(SceneComparer.Values(scene, before["indices"]!), SceneComparer.Values(decoded, after["indices"]!));
            float[] expected = SceneComparer.Values(scene, before["attributes"]!["POSITION"]!), actual = SceneComparer.Values(decoded, after["attributes"]!["POSITION"]!);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 0.01f));
        }
    }

    [Fact]
    public void ADecodedSceneIsAFixedPoint()
    {
        Scene once = SceneCoder.Decode(SceneCoder.Encode(SampleScenes.Everything(), s_options).Payload);
        Scene file = SceneFile.Read(SceneFile.Encode(once, SceneFormat.Glb)).Scene;

        Assert.Equal(once.Inspect().Triangles, file.Inspect().Triangles);
        Assert.Equal(SceneComparer.Outline(once), SceneComparer.Outline(file));
    }

    [Fact]
    public void TheSameSceneGivesTheSameBytes() =>
        Assert.Equal(SceneCoder.Encode(SampleScenes.Everything(), s_options).Payload, SceneCoder.Encode(SampleScenes.Everything(), s_options).Payload);

    [Fact]
    public void PartsAddUpToThePayload()
    {
        EncodedScene encoded = SceneCoder.Encode(SampleScenes.Everything(), s_options);

        Assert.Equal(encoded.Payload.Length, encoded.Parts.Sum(p => p.Bytes));
        Assert.All((string[])["connectivity", "positions", "texture coordinates", "normals", "colors", "joints and weights", "document", "images", "other data"],
            name => Assert.Contains(encoded.Parts, p => p.Part == name && p.Bytes > 0));
    }

    [Fact]
    public void AStoredPayloadTellsItsPartsNearlyAsTheEncoderDid()
    {
        EncodedScene encoded = SceneCoder.Encode(SampleScenes.Everything(), s_options);
        var measured = SceneAccounting.Measure(encoded.Payload).ToDictionary(p => p.Part, p => p.Bytes);

        Assert.Equal(encoded.Payload.Length, measured.Values.Sum());
        Assert.All(encoded.Parts, p => Assert.InRange(measured[p.Part], (long)(p.Bytes * 0.8) - 8, (long)(p.Bytes * 1.2) + 8));
        Assert.Equal(encoded.Parts.First(p => p.Part == "document").Bytes, measured["document"]);
    }

    [Fact]
    public void GridsAndTrianglesStayWhatTheyAre()
    {
        byte[] payload = SceneCoder.Encode(SampleScenes.Everything(), s_options).Payload;
        byte[] coded = [.. SceneEnvelope.Split(payload).Where(s => s.Kind is (int)SceneSection.Grids or (int)SceneSection.Triangles).SelectMany(s => s.Bytes.ToArray())];

        Assert.Equal("2551 91426FD0776784F7", $"{coded.Length} {Convert.ToHexString(SHA256.HashData(coded))[..16]}");
    }

    [Fact]
    public void PrimitivesThatShareVerticesGetTheirOwn()
    {
        var scene = new Scene();
        JsonObject first = SampleScenes.Primitive(scene, SampleScenes.Sheet(6, 6, 0, 1), 0, false);
        first.Remove("material");
        var second = (JsonObject)first.DeepClone();
        second["indices"] = scene.AddIndices([0, 1, 2, 7, 8, 9]);
        SampleScenes.Single(first, scene);
        ((JsonArray)scene.Json["meshes"]![0]!["primitives"]!).Add(second);
        // The same once more is drawn from the same accessors.
        ((JsonArray)scene.Json["meshes"]![0]!["primitives"]!).Add(second.DeepClone());
        scene.Check();

        Scene decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options).Payload);

        for (int i = 0; i < 3; i++)
        {
            SceneComparer.AssertSame(SceneComparer.Corners(scene, SceneComparer.Primitive(scene, 0, i)), SceneComparer.Corners(decoded, SceneComparer.Primitive(decoded, 0, i)), [0.01f, 0.01f, 0.01f]);
        }

        Assert.Equal(SceneComparer.Primitive(decoded, 0, 1).ToJsonString(), SceneComparer.Primitive(decoded, 0, 2).ToJsonString());
        Assert.Equal(6, decoded.Accessor((int)SceneComparer.Primitive(decoded, 0, 1)["attributes"]!["POSITION"]!).Count);
    }

    [Fact]
    public void ViewsThatAnimationsShareWithVerticesKeepOnlyWhatIsNeeded()
    {
        Scene scene = SampleScenes.Simple();
        JsonObject json = scene.Json;
        float[] positions = SceneComparer.Values(scene, SceneComparer.Primitive(scene, 0, 0)["attributes"]!["POSITION"]!);
        int all = scene.AddFloats([.. positions, 0, 1, 2, 3, 4, 5, 6, 7, 8], 3);
        var accessors = (JsonArray)json["accessors"]!;
        var shared = (JsonObject)accessors[all]!;
        shared["count"] = positions.Length / 3;
        SceneComparer.Primitive(scene, 0, 0)["attributes"]!["POSITION"] = all;
        int times = scene.AddFloats([0, 1, 2], 1);
        accessors.Add(new JsonObject { ["bufferView"] = (int)shared["bufferView"]!, ["byteOffset"] = positions.Length * 4, ["componentType"] = 5126, ["count"] = 3, ["type"] = "VEC3" });
        json["animations"] = new JsonArray(new JsonObject
        {
            ["samplers"] = new JsonArray(new JsonObject { ["input"] = times, ["output"] = accessors.Count - 1 }),
            ["channels"] = new JsonArray(new JsonObject { ["sampler"] = 0, ["target"] = new JsonObject { ["node"] = 0, ["path"] = "translation" } }),
        });
        scene.Check();

        Scene decoded = SceneCoder.Decode(SceneCoder.Encode(scene, s_options).Payload);

        AssertExact(scene, decoded, s => s["animations"]![0]!["samplers"]![0]!["output"]!);
        SceneComparer.AssertSame(SceneComparer.Corners(scene, SceneComparer.Primitive(scene, 0, 0)), SceneComparer.Corners(decoded, SceneComparer.Primitive(decoded, 0, 0)), [0.01f, 0.01f, 0.01f]);
        int view = (int)accessors[^1]!["bufferView"]!;
        Assert.All(decoded.BufferView(view).ToArray()[..(positions.Length * 4)], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData("""{"attributes":{"POSITION":0},"mode":5}""")]
    [InlineData("""{"attributes":{"POSITION":0,"UNKNOWN":0}}""")]
    [InlineData("""{"attributes":{"POSITION":1}}""")]
    [InlineData("""{"attributes":{"POSITION":0},"indices":2}""")]
    public void WhatIsUnusualStaysAsItIs(string primitive)
    {
        var scene = new Scene();
        scene.AddFloats([0, 0, 0, 1, 0, 0, 0, 1, 0], 3, true);
        scene.AddFloats([0, 0, float.NaN, 1, 0, 0, 0, 1, 0], 3);
        scene.AddIndices([0, 1, 7]);
        SampleScenes.Single((JsonObject)JsonNode.Parse(primitive)!, scene);

        EncodedScene encoded = SceneCoder.Encode(scene, s_options);
        Scene decoded = SceneCoder.Decode(encoded.Payload);

        Assert.Equal(1, encoded.KeptPrimitives);
        Assert.Equal(scene.Json.ToJsonString(), decoded.Json.ToJsonString().Replace(",\"byteOffset\":0", "", StringComparison.Ordinal));
        AssertExact(scene, decoded, s => s["meshes"]![0]!["primitives"]![0]!["attributes"]!["POSITION"]!);
    }

    [Fact]
    public void MeshesDrawnLargerGetAFinerStep()
    {
        var scene = new Scene();
        JsonObject primitive = SampleScenes.Primitive(scene, SampleScenes.Sheet(9, 9, 0, 1), 0, false);
        primitive.Remove("material");
        SampleScenes.Single(primitive, scene);
        double plain = SceneCoder.Encode(scene, s_options).LargestStep;
        ((JsonArray)scene.Json["nodes"]!).Add(new JsonObject { ["mesh"] = 0, ["scale"] = new JsonArray(16, 16, 16) });
        ((JsonArray)scene.Json["scenes"]![0]!["nodes"]!).Add(1);

        Assert.Equal(8.0 / 4095, plain, 1e-9);
        Assert.Equal(plain, SceneCoder.Encode(scene, s_options).LargestStep, 1e-9);
    }

    [Fact]
    public void PicturesGoThroughTheRecoderIfAQualityIsAsked()
    {
        Scene scene = SampleScenes.Everything();
        var recoder = new Recoder();
        byte[] kept = SceneCoder.Encode(scene, s_options, recoder).Payload, recoded = SceneCoder.Encode(scene, s_options with { ImageQuality = 50 }, recoder).Payload;

        Assert.Equal(scene.Image(0).Bytes.ToArray(), SceneCoder.Decode(kept).Image(0).Bytes.ToArray());
        Assert.Equal("decoded"u8.ToArray(), SceneCoder.Decode(recoded, null, recoder).Image(0).Bytes.ToArray());
        Assert.Throws<UnsupportedBitstreamException>(() => SceneCoder.Decode(recoded));
    }

    private static HashSet<(float X, float Y, float Z)> Border(Scene scene, int primitive) =>
        [.. SceneComparer.Corners(scene, SceneComparer.Primitive(scene, 0, primitive)).Select(c => (c[0], c[1], c[2]))];

    private static void AssertExact(Scene expected, Scene actual, Func<JsonObject, JsonNode> accessor) =>
        Assert.Equal(SceneComparer.Values(expected, accessor(expected.Json)), SceneComparer.Values(actual, accessor(actual.Json)));

    private sealed class Recoder : IImageRecoder
    {
        public byte[]? Encode(ReadOnlyMemory<byte> file, string? mimeType, double quality, CancellationToken cancellation) => "coded"u8.ToArray();

        public byte[] Decode(ReadOnlyMemory<byte> picture) => picture.Span.SequenceEqual("coded"u8) ? "decoded"u8.ToArray() : throw new InvalidBitstreamException("no picture");
    }
}
