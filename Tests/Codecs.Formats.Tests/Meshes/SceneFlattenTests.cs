using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class SceneFlattenTests
{
    [Fact]
    public void TranslationRotationAndScaleAreApplied()
    {
        // Scaled by two, turned a quarter around z, moved by ten along x.
        Surface surface = Flat("""{"mesh":0,"translation":[10,0,0],"rotation":[0,0,0.70710678,0.70710678],"scale":[2,2,2]}""");

        TestScenes.Near([10, 0, 0, 10, 2, 0, 8, 0, 0], surface.Positions, 1e-6f);
        Assert.Equal([0, 1, 2], surface.Triangles);
        TestScenes.Near([0, 0, 1, 0, 0, 1, 0, 0, 1], surface.Normals, 1e-6f);
    }

    [Fact]
    public void MatricesOfParentsComeFirst()
    {
        Surface surface = Flat("""{"children":[1],"matrix":[0,1,0,0,-1,0,0,0,0,0,1,0,5,0,0,1]}""", """{"mesh":0,"translation":[1,0,0]}""");

        TestScenes.Near([5, 1, 0, 5, 2, 0, 4, 1, 0], surface.Positions, 1e-6f);
    }

    [Fact]
    public void MirroringTurnsTheWindingAndKeepsNormalsOutside()
    {
        Surface surface = Flat("""{"mesh":0,"scale":[-1,1,1]}""");

        Assert.Equal([0, 2, 1], surface.Triangles);
        TestScenes.Near([0, 0, 1, 0, 0, 1, 0, 0, 1], surface.Normals, 1e-6f);
    }

    [Fact]
    public void NormalsFollowUnevenScaling()
    {
        Surface surface = Scene([1, 0, 0, 0, 1, 0, 0, 0, 1], [0.57735f, 0.57735f, 0.57735f], """{"mesh":0,"scale":[2,1,1]}""").Flatten();

        // The plane x/2 + y + z = 1 has the normal (1, 2, 2)/3.
        TestScenes.Near([1 / 3f, 2 / 3f, 2 / 3f], surface.Normals![..3], 1e-5f);
    }

    [Fact]
    public void AMeshInTwoNodesIsDrawnTwice() =>
        Assert.Equal(2, Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], null, """{"mesh":0}""", """{"mesh":0,"translation":[0,0,1]}""").Flatten().TriangleCount);

    [Fact]
    public void NodesOutsideTheSceneAreNotDrawn()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], null, """{"mesh":0}""", """{"mesh":0}""");
        scene.Json["scenes"] = JsonNode.Parse("""[{"nodes":[1]}]""");
        scene.Check();

        Assert.Equal(1, scene.Flatten().TriangleCount);
    }

    [Theory]
    [InlineData(5, new[] { 0, 1, 2, 1, 3, 2, 2, 3, 4 })]
    [InlineData(6, new[] { 1, 2, 0, 2, 3, 0, 3, 4, 0 })]
    public void StripsAndFansBecomeTriangles(int mode, int[] expected)
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0, 2, 1, 0, 3, 5, 0], null, """{"mesh":0}""");
        scene.Json["meshes"]![0]!["primitives"]![0]!["mode"] = mode;

        Assert.Equal(expected, scene.Flatten().Triangles);
        Assert.Equal(3, scene.Inspect().Triangles);
    }

    [Fact]
    public void TrianglesWithoutAreaAreDropped()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 2, 2, 2], null, """{"mesh":0}""");

        Assert.Equal(3, scene.Inspect().Triangles);
        Assert.Equal([0, 1, 2], scene.Flatten().Triangles);
    }

    [Fact]
    public void WeldingMergesVerticesAtOnePlace()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], null, """{"mesh":0}""");

        Surface surface = scene.Flatten(new SurfaceOptions { Weld = true });

        Assert.Equal(4, surface.VertexCount);
        Assert.Equal([0, 1, 2, 1, 3, 2], surface.Triangles);
    }

    [Fact]
    public void SkinsAreInThePoseOfTheirJoints()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], null, """{"mesh":0,"skin":0,"translation":[100,0,0]}""", """{"translation":[0,0,7]}""");
        JsonNode attributes = scene.Json["meshes"]![0]!["primitives"]![0]!["attributes"]!;
        attributes["JOINTS_0"] = scene.AddFloats(new float[12], 4);
        attributes["WEIGHTS_0"] = scene.AddFloats([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], 4);
        scene.Json["skins"] = JsonNode.Parse("""[{"joints":[1]}]""");
        scene.Check();

        // A skinned mesh goes where its joints are; its own node does not move it.
        TestScenes.Near([0, 0, 7, 1, 0, 7, 0, 1, 7], scene.Flatten().Positions, 1e-6f);
    }

    [Fact]
    public void TextureTransformsAreBaked()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], null, """{"mesh":0}""");
        JsonNode primitive = scene.Json["meshes"]![0]!["primitives"]![0]!;
        primitive["attributes"]!["TEXCOORD_0"] = scene.AddFloats([0, 0, 1, 0, 0, 1], 2);
        primitive["material"] = 0;
        scene.Json["textures"] = JsonNode.Parse("[{}]");
        scene.Json["materials"] = JsonNode.Parse(
            """[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0,"extensions":{"KHR_texture_transform":{"offset":[0.5,0],"scale":[2,4],"rotation":1.5707963}}}}}]""");
        scene.Check();

        TestScenes.Near([0.5f, 0, 0.5f, -2, 4.5f, 0], scene.Flatten().TexCoords, 1e-5f);
        Assert.Single(scene.Flatten().Warnings);
    }

    [Fact]
    public void SpecularGlossinessGivesItsDiffuseColour()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], null, """{"mesh":0}""");
        scene.Json["meshes"]![0]!["primitives"]![0]!["material"] = 0;
        scene.Json["materials"] = JsonNode.Parse("""[{"extensions":{"KHR_materials_pbrSpecularGlossiness":{"diffuseFactor":[0.5,0.25,0,1],"glossinessFactor":0.75}}}]""");
        scene.Check();

        SurfaceMaterial material = Assert.Single(scene.Flatten().Materials);

        Assert.Equal((0.5f, 0.25f, 0f, 0.25f), (material.BaseColor.X, material.BaseColor.Y, material.Metallic, material.Roughness));
    }

    [Fact]
    public void CoordinatesThatAreNotFiniteAreRefused() =>
        Assert.Throws<MediaException>(() => Scene([0, 0, 0, 1, 0, 0, 0, float.NaN, 0], null, """{"mesh":0}""").Flatten());

    [Fact]
    public void MoreTrianglesThanTheLimitAreRefused()
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], null, """{"mesh":0}""", """{"mesh":0}""");

        Assert.Throws<LimitExceededException>(() => scene.Flatten(new SurfaceOptions { Limits = new SceneLimits { MaxTriangles = 1 } }));
    }

    private static Surface Flat(params string[] nodes)
    {
        Scene scene = Scene([0, 0, 0, 1, 0, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1, 0, 0, 1], nodes);
        if (nodes.Length > 1)
        {
            scene.Json["scenes"] = JsonNode.Parse("""[{"nodes":[0]}]""");
        }

        return scene.Flatten();
    }

    private static Scene Scene(float[] positions, float[]? normals, params string[] nodes)
    {
        var scene = new Scene();
        var attributes = new JsonObject { ["POSITION"] = scene.AddFloats(positions, 3, withBounds: true) };
        if (normals is not null)
        {
            attributes["NORMAL"] = scene.AddFloats(normals.Length == positions.Length ? normals : [.. normals, .. normals, .. normals], 3);
        }

        scene.Json["meshes"] = new JsonArray(new JsonObject { ["primitives"] = new JsonArray(new JsonObject { ["attributes"] = attributes }) });
        scene.Json["nodes"] = new JsonArray([.. nodes.Select(n => JsonNode.Parse(n))]);
        return scene;
    }
}
