using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class StlReaderTests
{
    private const string Text = """
        solid my part
          facet normal 0 0 1
            outer loop
              vertex 0 0 0
              vertex 1 0 0
              vertex 0 1 0
            endloop
          endfacet
          facet normal 0 0 1
            outer loop
              vertex 1 0 0
              vertex 1 1e0 0
              vertex -0 1 0
            endloop
          endfacet
        endsolid my part
        """;

    [Fact]
    public void TextsAreReadAndCornersMerged()
    {
        SceneReadResult read = SceneFile.Read(Encoding.ASCII.GetBytes(Text));
        Surface surface = read.Scene.Flatten();

        Assert.Equal(SceneFormat.Stl, read.Format);
        Assert.Equal([0, 1, 2, 1, 3, 2], surface.Triangles);
        Assert.Equal("my part", surface.Name);
    }

    [Fact]
    public void BinaryFilesThatBeginWithSolidAreRead()
    {
        byte[] bytes = SceneFile.Encode(SceneFile.Read(Encoding.ASCII.GetBytes(Text)).Scene, SceneFormat.Stl);
        "solid but binary"u8.CopyTo(bytes);

        Assert.Equal(2, SceneFile.Read(bytes).Scene.Flatten().TriangleCount);
    }

    [Fact]
    public void BytesBehindTheTrianglesAreAWarning()
    {
        byte[] bytes = SceneFile.Encode(SceneFile.Read(Encoding.ASCII.GetBytes(Text)).Scene, SceneFormat.Stl);

        Assert.Single(SceneFile.Read((byte[])[.. bytes, 1, 2, 3], name: "a.stl").Warnings);
    }

    [Theory]
    [InlineData("solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\n")]
    [InlineData("solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nendloop\nendfacet\nendsolid\n")]
    [InlineData("solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 x\n")]
    [InlineData("solid a\nfacet normal 0 0 1\ncurve\n")]
    [InlineData("solid a\nendsolid a\n")]
    public void DamagedTextsAreRefused(string text) => Assert.Throws<MediaException>(() => SceneFile.Read(Encoding.ASCII.GetBytes(text)));
}
