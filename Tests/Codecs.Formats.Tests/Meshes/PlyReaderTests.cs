using System.Buffers.Binary;
using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class PlyReaderTests
{
    private const string Vertices = "element vertex 4\nproperty float x\nproperty float y\nproperty float z\n";
    private const string Faces = "element face 1\nproperty list uchar int vertex_indices\nend_header\n";

    [Fact]
    public void TextMeshesAreRead()
    {
        Surface surface = Read($"ply\nformat ascii 1.0\n{Vertices}{Faces}0 0 0\n1 0 0\n1 1 0\n0 1 0\n4 0 1 2 3\n").Flatten();

        Assert.Equal([0, 1, 2, 0, 2, 3], surface.Triangles);
        Assert.Equal([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], surface.Positions);
    }

    [Fact]
    public void BigEndianMeshesAreRead()
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes($"ply\nformat binary_big_endian 1.0\n{Vertices}{Faces}"));
        foreach (float value in new float[] { 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0 })
        {
            byte[] four = new byte[4];
            BinaryPrimitives.WriteSingleBigEndian(four, value);
            bytes.AddRange(four);
        }

        bytes.AddRange([3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2]);

        Surface surface = SceneFile.Read(bytes.ToArray()).Scene.Flatten();

        // The fourth vertex is in no face and is left out.
        Assert.Equal([0, 0, 0, 1, 0, 0, 1, 1, 0], surface.Positions);
    }

    [Fact]
    public void ColouredCloudsAreRead()
    {
        PointCloud cloud = Read(
            "ply\r\nformat ascii 1.0\r\nelement vertex 2\r\nproperty double x\r\nproperty double y\r\nproperty double z\r\nproperty float nx\r\nproperty float ny\r\nproperty float nz\r\n" +
            "property uchar red\r\nproperty uchar green\r\nproperty uchar blue\r\nend_header\r\n1 2 3 0 0 2 255 188 0\r\n4 5 6 1 0 0 0 0 255\r\n").ToPointCloud();

        Assert.Equal([1, 2, 3, 4, 5, 6], cloud.Positions);
        Assert.Equal([0, 0, 1, 1, 0, 0], cloud.Normals!);
        TestScenes.Near([1, 0.5029f, 0, 1, 0, 0, 1, 1], cloud.Colors, 1e-4f);
    }

    [Fact]
    public void CoordinatesOfCornersSplitVertices()
    {
        Surface surface = Read(
            $"ply\nformat ascii 1.0\ncomment TextureFile missing.png\n{Vertices}element face 2\nproperty list uchar int vertex_indices\nproperty list uchar float texcoord\nend_header\n" +
            "0 0 0\n1 0 0\n1 1 0\n0 1 0\n3 0 1 2 6 0 0 1 0 1 1\n3 0 2 3 6 0.5 0 1 1 0 1\n").Flatten();

        TestScenes.Near([0, 1, 1, 1, 1, 0, 0.5f, 1, 1, 0, 0, 0], surface.TexCoords, 1e-6f);
        Assert.Equal(5, surface.VertexCount);
    }

    [Fact]
    public void ElementsOfOthersAreSkipped()
    {
        SceneReadResult read = SceneFile.Read(Encoding.ASCII.GetBytes(
            $"ply\nformat ascii 1.0\nelement camera 1\nproperty list uchar float view\nproperty int n\n{Vertices}property list uchar int more\n{Faces}2 0.5 0.5 7\n0 0 0 0\n1 0 0 1 9\n1 1 0 0\n0 1 0 0\n3 0 1 2\n"));

        Assert.Equal(1, read.Scene.Flatten().TriangleCount);
        Assert.Contains("camera", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 2000000000\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n")]
    [InlineData("ply\nformat binary_little_endian 1.0\nelement vertex 400000000\nproperty float x\nproperty float y\nproperty float z\nend_header\n1234567890")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex -1\nproperty float x\nend_header\n0\n")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nend_header\n0 0\n")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 nan\n")]
    [InlineData("ply\nformat ascii 1.0\nelement nothing 2000000000\nend_header\n0 0 nan\n")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 0\nproperty float x\nproperty float y\nproperty float z\nend_header\n")]
    [InlineData("ply\nformat ascii 1.0\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n3 0 1 2\n")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n3 0 0 1\n")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty list float float x\nend_header\n")]
    [InlineData("ply\nformat morse 1.0\nend_header\n")]
    [InlineData("ply\nformat ascii 1.0\n")]
    public void DamagedFilesAreRefused(string text) => Assert.Throws<MediaException>(() => Read(text));

    private static Scene Read(string text) => SceneFile.Read(Encoding.ASCII.GetBytes(text)).Scene;
}
