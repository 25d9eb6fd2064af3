using Codecs.Formats.Media;
using SharpGLTF.Schema2;

namespace Codecs.Formats.Tests.Meshes;

/// <summary>An independent reader sees what we wrote.</summary>
public sealed class SharpGltfTests
{
    [Theory]
    [InlineData(SceneFormat.Glb)]
    [InlineData(SceneFormat.Gltf)]
    public void AnotherReaderSeesTheSameTrianglesAndMaterials(SceneFormat format)
    {
        Surface sheet = TestScenes.Sheet(7, 5, 4, normals: true, colors: true, coordinates: true, twoMaterials: true);

        ModelRoot model = Open(Codecs.Formats.Media.Scene.FromSurface(sheet), format);

        MeshPrimitive[] primitives = [.. Assert.Single(model.LogicalMeshes).Primitives];
        Assert.Equal("sheet", Assert.Single(model.DefaultScene.VisualChildren).Name);
        Assert.Equal(["first", "second"], primitives.Select(p => p.Material.Name));
        Assert.Equal(0.25f, primitives[1].Material.FindChannel("MetallicRoughness")!.Value.GetFactor("RoughnessFactor"));
        var corners = new List<float>();
        foreach (MeshPrimitive primitive in primitives)
        {
            IList<System.Numerics.Vector3> positions = primitive.GetVertexAccessor("POSITION").AsVector3Array();
            foreach ((int a, int b, int c) in primitive.GetTriangleIndices())
            {
                foreach (int vertex in new[] { a, b, c })
                {
                    corners.AddRange([positions[vertex].X, positions[vertex].Y, positions[vertex].Z]);
                }
            }
        }

        Assert.Equal(TestScenes.Take(TestScenes.Corners(sheet), TestScenes.ByMaterial(sheet), 9), corners);
        Assert.NotNull(primitives[0].GetVertexAccessor("COLOR_0"));
        Assert.NotNull(primitives[0].GetVertexAccessor("NORMAL"));
    }

    [Fact]
    public void AnotherReaderSeesTheTexture()
    {
        Surface sheet = TestScenes.Sheet(3, 3, 1, normals: false, colors: false, coordinates: true, twoMaterials: false);
        var surface = new Surface(sheet.Positions, sheet.Triangles) { TexCoords = sheet.TexCoords, Materials = [new SurfaceMaterial { BaseColorTexture = TestScenes.Picture(9) }] };

        ModelRoot model = Open(Codecs.Formats.Media.Scene.FromSurface(surface), SceneFormat.Glb);

        Assert.True(Assert.Single(model.LogicalImages).Content.IsPng);
        Assert.NotNull(Assert.Single(model.LogicalMaterials).FindChannel("BaseColor")!.Value.Texture);
    }

    [Fact]
    public void AnotherReaderSeesConvertedModels()
    {
        byte[] obj = "o box\nv 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 1 1 0 0 0 1\nv 0 1 0 1 1 1\nf 1 2 3 4\n"u8.ToArray();

        ModelRoot model = Open(SceneFile.Read(obj, name: "a.obj").Scene, SceneFormat.Glb);

        Assert.Equal(2, Assert.Single(Assert.Single(model.LogicalMeshes).Primitives).GetTriangleIndices().Count());
        Assert.Equal("box", model.DefaultScene.VisualChildren.First().Name);
    }

    [Fact]
    public void AnotherReaderSeesPoints()
    {
        ModelRoot model = Open(Codecs.Formats.Media.Scene.FromPointCloud(new PointCloud([0, 0, 0, 1, 2, 3])), SceneFormat.Glb);

        Assert.Equal(PrimitiveType.POINTS, Assert.Single(Assert.Single(model.LogicalMeshes).Primitives).DrawPrimitiveType);
    }

    private static ModelRoot Open(Codecs.Formats.Media.Scene scene, SceneFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.At("a" + SceneFormats.Extension(format));
        SceneFile.Write(scene, path);
        return ModelRoot.Load(path, new ReadSettings { Validation = SharpGLTF.Validation.ValidationMode.Strict });
    }
}
