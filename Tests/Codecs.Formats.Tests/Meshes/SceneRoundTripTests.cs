using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Meshes;

public sealed class SceneRoundTripTests
{
    [Theory]
    [InlineData(SceneFormat.Glb)]
    [InlineData(SceneFormat.Gltf)]
    public void GltfKeepsEveryCorner(SceneFormat format) => TestScenes.Surfaces.Sample(
        surface =>
        {
            Surface back = Back(surface, format);

            int[] order = TestScenes.ByMaterial(surface);
            Assert.Equal(TestScenes.Take(TestScenes.Corners(surface), order, 9), TestScenes.Corners(back));
            TestScenes.Near(surface.Normals is { } n ? TestScenes.Take(n, order, 9) : null, back.Normals, 1e-6f);
            Assert.Equal(surface.TexCoords is { } t ? TestScenes.Take(t, order, 6) : null, back.TexCoords);
            TestScenes.Near(surface.Colors is { } c ? TestScenes.Take(c, order, 12) : null, back.Colors, 1 / 131000f);
            Assert.Equal(surface.Materials, back.Materials);
            Assert.Equal("sheet", back.Name);
        },
        iter: 60);

    [Fact]
    public void ObjKeepsCornersAndMaterials() => TestScenes.Surfaces.Sample(
        surface =>
        {
            using var folder = new TempFolder();
            SceneFile.Write(Scene.FromSurface(surface), folder.At("a.obj"));
            SceneReadResult read = SceneFile.Read(folder.At("a.obj"));
            Surface back = read.Scene.Flatten();

            Assert.Empty(read.Warnings);
            Assert.Equal(SceneFormat.Obj, read.Format);
            int[] order = TestScenes.ByMaterial(surface);
            Assert.Equal(TestScenes.Take(TestScenes.Corners(surface), order, 9), TestScenes.Corners(back));
            TestScenes.Near(surface.Normals is { } n ? TestScenes.Take(n, order, 9) : null, back.Normals, 1e-6f);
            TestScenes.Near(surface.TexCoords is { } t ? TestScenes.Take(t, order, 6) : null, back.TexCoords, 1e-6f);
            TestScenes.Near(surface.Colors is { } c ? TestScenes.Take(c, order, 12) : null, back.Colors, 1e-4f);
            Assert.Equal(surface.Materials.Select(m => (m.Name, m.BaseColor, m.Metallic, m.Roughness)), back.Materials.Select(m => (m.Name, m.BaseColor, m.Metallic, m.Roughness)));
            Assert.Equal("sheet", back.Name);
        },
        iter: 40);

    [Fact]
    public void PlyKeepsCornersNormalsAndColours() => TestScenes.Surfaces.Sample(
        surface =>
        {
            Surface back = Back(surface, SceneFormat.Ply);

            int[] order = TestScenes.ByMaterial(surface);
            Assert.Equal(TestScenes.Take(TestScenes.Corners(surface), order, 9), TestScenes.Corners(back));
            TestScenes.Near(surface.Normals is { } n ? TestScenes.Take(n, order, 9) : null, back.Normals, 1e-6f);
            TestScenes.Near(surface.TexCoords is { } t ? TestScenes.Take(t, order, 6) : null, back.TexCoords, 1e-6f);
            if (surface.Materials.Count == 1)
            {
                TestScenes.Near(surface.Colors, back.Colors, 1e-4f);
            }
        },
        iter: 60);

    [Fact]
    public void StlKeepsPositionsOfCorners() => TestScenes.Surfaces.Sample(
        surface =>
        {
            Surface back = Back(surface, SceneFormat.Stl);

            Assert.Equal(TestScenes.Take(TestScenes.Corners(surface), TestScenes.ByMaterial(surface), 9), TestScenes.Corners(back));
            Assert.Equal(surface.VertexCount, back.VertexCount);
        },
        iter: 60);

    [Fact]
    public void PointCloudsKeepPlacesColoursAndNormals()
    {
        var random = new Random(1);
        var cloud = new PointCloud([.. Enumerable.Range(0, 300).Select(_ => (float)random.NextDouble())])
        {
            Colors = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 3 ? 1f : SrgbCurve.ToLinear((byte)random.Next(256)))],
            Normals = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? 1f : 0)],
        };
        foreach (SceneFormat format in new[] { SceneFormat.Glb, SceneFormat.Gltf, SceneFormat.Ply })
        {
            SceneReadResult read = SceneFile.Read(SceneFile.Encode(Scene.FromPointCloud(cloud, "cloud"), format));
            PointCloud back = read.Scene.ToPointCloud();

            Assert.Equal(cloud.Positions, back.Positions);
            Assert.Equal(cloud.Normals, back.Normals);
            TestScenes.Near(cloud.Colors, back.Colors, 1e-4f);
            Assert.Equal(100, read.Scene.Inspect().Points);
            Assert.Equal(0, read.Scene.Flatten().TriangleCount);
        }
    }

    [Theory]
    [InlineData("a.glb")]
    [InlineData("a.gltf")]
    [InlineData("a.obj")]
    public void TexturesKeepEveryPixel(string name)
    {
        using var folder = new TempFolder();
        Image picture = TestScenes.Picture(17);
        Surface sheet = TestScenes.Sheet(4, 4, 1, normals: false, colors: false, coordinates: true, twoMaterials: false);
        var surface = new Surface(sheet.Positions, sheet.Triangles)
        {
            TexCoords = sheet.TexCoords,
            Materials = [new SurfaceMaterial { Name = "painted", BaseColorTexture = picture, WrapU = TextureWrap.Clamp, WrapV = TextureWrap.Clamp }],
        };

        SceneFile.Write(Scene.FromSurface(surface), folder.At(name));
        Surface back = SceneFile.Read(folder.At(name)).Scene.Flatten();

        SurfaceMaterial material = Assert.Single(back.Materials);
        Assert.Equal(picture.Pixels.ToArray(), material.BaseColorTexture!.Pixels.ToArray());
        Assert.Equal(TextureWrap.Clamp, material.WrapU);
        TestScenes.Near(surface.TexCoords, back.TexCoords, 1e-6f);
        Assert.DoesNotContain(folder.Files(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void WritingIsTheSameEveryTime()
    {
        Surface sheet = TestScenes.Sheet(9, 9, 3, normals: true, colors: true, coordinates: true, twoMaterials: true);
        foreach (SceneFormat format in SceneFormats.All)
        {
            Assert.Equal(SceneFile.Encode(Scene.FromSurface(sheet), format), SceneFile.Encode(Scene.FromSurface(sheet), format));
        }
    }

    private static Surface Back(Surface surface, SceneFormat format)
    {
        SceneReadResult read = SceneFile.Read(SceneFile.Encode(Scene.FromSurface(surface), format));
        Assert.Equal(format, read.Format);
        Assert.Empty(read.Warnings);
        return read.Scene.Flatten();
    }
}
