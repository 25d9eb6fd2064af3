using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class ObjReaderTests
{
    private const string Square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";

    [Theory]
    [InlineData("f 1 2 3 4\n")]
    [InlineData("f -4 -3 -2 -1\n")]
    [InlineData("f 1 2 \\\n 3 4\r\n")]
    [InlineData("f 1 2 3 4 # a comment\n")]
    public void PolygonsBecomeTriangles(string face) => Assert.Equal([0, 1, 2, 0, 2, 3], Read(Square + face).Flatten().Triangles);

    [Fact]
    public void ConcavePolygonsKeepTheirArea()
    {
        // An arrow head whose notch is at the first corner's opposite.
        Surface surface = Read("v 0 0 0\nv 4 0 0\nv 4 4 0\nv 3 1 0\nf 1 2 3 4\n").Flatten();

        Assert.Equal(2, surface.TriangleCount);
        Assert.Equal(2 + 2, Area(surface), 6);
    }

    [Fact]
    public void TextureCoordinatesTurnOver()
    {
        Surface surface = Read("v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0.25\nvt 1 0\nvt 0 1\nf 1/1 2/2 3/3\n").Flatten();

        TestScenes.Near([0, 0.75f, 1, 1, 0, 0], surface.TexCoords, 1e-6f);
    }

    [Fact]
    public void NormalsWithoutCoordinatesAreRead()
    {
        Surface surface = Read("v 0 0 0\nv 1 0 0\nv 0 1 0\nvn 0 0 2\nf 1//1 2//1 3//-1\n").Flatten();

        TestScenes.Near([0, 0, 1, 0, 0, 1, 0, 0, 1], surface.Normals, 1e-6f);
        Assert.Null(surface.TexCoords);
    }

    [Fact]
    public void ColoursBehindPositionsAreSrgb()
    {
        Surface surface = Read("v 0 0 0 1 0.5 0\nv 1 0 0 1 1 1\nv 0 1 0 0 0 0\nf 1 2 3\n").Flatten();

        TestScenes.Near([1, 0.2140f, 0, 1], surface.Colors![..4], 1e-4f);
    }

    [Fact]
    public void ObjectsGroupsAndMaterialsBecomeNodesAndPrimitives()
    {
        Scene scene = Read(Square + "o table\nusemtl wood\nf 1 2 3\nusemtl steel\nf 1 3 4\ng leg\nf 2 3 4\no table\nusemtl wood\nf 1 2 4\n");
        SceneContents contents = scene.Inspect();

        Assert.Equal((2, 2, 3, 2, 4), (contents.Nodes, contents.Meshes, contents.Primitives, contents.Materials, (int)contents.Triangles));
        Assert.Equal("table", scene.Json["nodes"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("leg", scene.Json["nodes"]![1]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void MaterialsAreRead()
    {
        using var folder = new TempFolder();
        ImageFile.Write(TestScenes.Picture(8), folder.At("my wood.png"));
        folder.Write("a.mtl", "newmtl wood\nKd 0.5 0.25 1\nd 0.5\nTr 0.5\nPm 0.25\nPr 0.75\nKe 0.1 0 0\nmap_Kd -s 1 1 1 -clamp on my wood.png\nmap_Bump bump.png\nnewmtl glass\nTr 0.75\nNs 250\n");
        string path = folder.Write("a.obj", "mtllib a.mtl\n" + Square + "vt 0 0\nusemtl wood\nf 1/1 2/1 3/1\nusemtl glass\nf 1 3 4\n");

        SceneReadResult read = SceneFile.Read(path);
        Surface surface = read.Scene.Flatten();

        SurfaceMaterial wood = surface.Materials[0], glass = surface.Materials[1];
        Assert.Equal(new System.Numerics.Vector4(0.5f, 0.25f, 1, 0.5f), wood.BaseColor);
        Assert.Equal((0.25f, 0.75f, 0.1f, AlphaMode.Blend, TextureWrap.Clamp), (wood.Metallic, wood.Roughness, wood.Emissive.X, wood.AlphaMode, wood.WrapU));
        Assert.Equal(8, wood.BaseColorTexture!.Width);
        Assert.Equal((0.25f, 0.5f), (glass.BaseColor.W, glass.Roughness));
        Assert.Contains("map_Bump", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.mtl")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\secret.mtl")]
    public void MaterialsOutsideTheFolderAreNotRead(string name)
    {
        using var folder = new TempFolder();
        folder.Write("secret.mtl", "newmtl m\nKd 1 0 0\n");
        string path = folder.Write("sub/a.obj", $"mtllib {name}\n{Square}usemtl m\nf 1 2 3\n");

        SceneReadResult read = SceneFile.Read(path);

        Assert.Equal(System.Numerics.Vector4.One, read.Scene.Flatten().Materials[0].BaseColor);
        Assert.Equal(2, read.Warnings.Count);
    }

    [Fact]
    public void VerticesWithoutFacesAreAPointCloud() => Assert.Equal(4, Read(Square).ToPointCloud().Count);

    [Theory]
    [InlineData("v 0 0\n")]
    [InlineData("v 0 0 x\n")]
    [InlineData("v 0 0 1e99\n")]
    [InlineData("v 0 0 0\nf 1 2 3\n")]
    [InlineData("v 0 0 0\nf 1 1 0\n")]
    [InlineData("v 0 0 0\nf 1 1\n")]
    [InlineData("v 0 0 0\nf 1 1 1.5\n")]
    [InlineData("v 0 0 0\nf 1/1 1/1 1/1\n")]
    [InlineData("v 0 0 0\nf 1 1 -2\n")]
    [InlineData("v 0 0 0\nf 1 1 99999999999999\n")]
    [InlineData("# nothing\n")]
    public void DamagedTextsAreRefusedWithTheirName(string text)
    {
        var error = Assert.Throws<MediaException>(() => Read(text));

        Assert.Contains("a.obj", error.Message, StringComparison.Ordinal);
    }

    private static Scene Read(string text) => SceneFile.Read(Encoding.UTF8.GetBytes(text), name: "a.obj").Scene;

    private static double Area(Surface surface)
    {
        double area = 0;
        for (int t = 0; t < surface.TriangleCount; t++)
        {
            Vec3 a = Vec3.At(surface.Positions, surface.Triangles[t * 3]);
            area += (Vec3.At(surface.Positions, surface.Triangles[(t * 3) + 1]) - a).Cross(Vec3.At(surface.Positions, surface.Triangles[(t * 3) + 2]) - a).Length / 2;
        }

        return area;
    }
}
