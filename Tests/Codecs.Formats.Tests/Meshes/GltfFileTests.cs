using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class GltfFileTests
{
    // A document with much that we do not know, and numbers spelled as nobody would.
    private const string Rich = """
        {"asset":{"version":"2.0","generator":"x\u00e9","extras":{"a":[1.50,1e-3,null,true]}},"extensionsUsed":["X_unknown"],
        "extensions":{"X_unknown":{"deep":{"er":[{"k":"v \"quoted\""}]}}},"scene":0,"scenes":[{"nodes":[0,1],"name":"s","extras":7}],
        "nodes":[{"name":"a","mesh":0,"extras":{"id":12345678901234567890}},{"camera":0,"extensions":{"X_unknown":{}}}],
        "cameras":[{"type":"perspective","perspective":{"yfov":0.50,"znear":0.1}}],
        "meshes":[{"primitives":[{"attributes":{"POSITION":0,"_CUSTOM":0},"extras":"kept"}],"extras":{}}],
        "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],
        "bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"byteLength":36,"extras":[]URI}]}
        """;

    private static readonly byte[] s_triangle = [.. new float[] { 0, 0, 0, 1, 0, 0, 0, 1, 0 }.SelectMany(BitConverter.GetBytes)];

    private static string Embedded => Rich.Replace("URI", ",\"uri\":\"data:application/octet-stream;base64," + Convert.ToBase64String(s_triangle) + "\"", StringComparison.Ordinal);

    [Fact]
    public void GlbKeepsEveryKeyAndNumber()
    {
        byte[] first = SceneFile.Encode(SceneFile.Read(System.Text.Encoding.UTF8.GetBytes(Embedded)).Scene, SceneFormat.Glb);

        Scene again = SceneFile.Read(first).Scene;

        JsonNode expected = JsonNode.Parse(Rich.Replace("URI", string.Empty, StringComparison.Ordinal))!;
        Assert.True(JsonNode.DeepEquals(expected, again.Json));
        Assert.Contains("[1.50,1e-3,null,true]", again.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("12345678901234567890", again.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(s_triangle, again.Buffers[0].ToArray());
        Assert.Equal(first, SceneFile.Encode(again, SceneFormat.Glb));
        Assert.True(again.Inspect().HasExtras);
    }

    [Fact]
    public void FilesBesideTheModelAreRead()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("my data"));
        File.WriteAllBytes(folder.At("my data/a b.bin"), s_triangle);
        ImageFile.Write(TestScenes.Picture(5), folder.At("paint.png"));
        JsonNode json = JsonNode.Parse(Rich.Replace("URI", ",\"uri\":\"my%20data/a%20b.bin\"", StringComparison.Ordinal))!;
        json["images"] = JsonNode.Parse("""[{"uri":"paint.png"}]""");

        SceneReadResult read = SceneFile.Read(folder.Write("a.gltf", json.ToJsonString()));

        Assert.Equal(1, read.Scene.Flatten().TriangleCount);
        Assert.Equal(("paint", "image/png"), (read.Scene.Image(0).Name, read.Scene.Image(0).MimeType));
        Assert.Equal(5, ImageFile.Read(SceneFile.Read(SceneFile.Encode(read.Scene, SceneFormat.Glb)).Scene.Image(0).Bytes.Span).Image.Width);
        Assert.DoesNotContain("uri", read.Scene.Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../a.bin")]
    [InlineData("%2e%2e/a.bin")]
    [InlineData("..%5ca.bin")]
    [InlineData("x/../../a.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/a.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://example.org/a.bin")]
    [InlineData("//server/share/a.bin")]
    public void FilesOutsideTheFolderAreRefused(string uri)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.At("a.bin"), s_triangle);
        string path = folder.Write("sub/a.gltf", Rich.Replace("URI", $",\"uri\":\"{uri}\"", StringComparison.Ordinal));

        var error = Assert.Throws<MediaException>(() => SceneFile.Read(path));

        Assert.Contains("own folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinksOutOfTheFolderAreRefused()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.At("a.bin"), s_triangle);
        string path = folder.Write("sub/a.gltf", Rich.Replace("URI", ",\"uri\":\"b.bin\"", StringComparison.Ordinal));
        File.CreateSymbolicLink(folder.At("sub/b.bin"), folder.At("a.bin"));

        Assert.Contains("link", Assert.Throws<MediaException>(() => SceneFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KHR_draco_mesh_compression")]
    [InlineData("EXT_meshopt_compression")]
    public void CompressedGeometryIsRefusedByName(string extension)
    {
        string text = Embedded.Replace("\"extensionsUsed\"", $"\"extensionsRequired\":[\"{extension}\"],\"extensionsUsed\"", StringComparison.Ordinal);

        var error = Assert.Throws<UnsupportedBitstreamException>(() => SceneFile.Read(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Contains(extension, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":\"2.0\"", "\"version\":\"1.0\"")]
    [InlineData("\"version\":\"2.0\"", "\"version\":\"2.7\",\"minVersion\":\"2.7\"")]
    public void OtherVersionsAreRefused(string from, string to) =>
        Assert.Throws<UnsupportedBitstreamException>(() => SceneFile.Read(System.Text.Encoding.UTF8.GetBytes(Embedded.Replace(from, to, StringComparison.Ordinal))));

    [Theory]
    [InlineData("\"nodes\":[0,1]", "\"nodes\":[0,2]")]
    [InlineData("\"nodes\":[0,1]", "\"nodes\":[0,0]")]
    [InlineData("\"nodes\":[0,1]", "\"nodes\":[-1]")]
    [InlineData("\"name\":\"a\"", "\"children\":[0]")]
    [InlineData("\"name\":\"a\"", "\"children\":[1,1]")]
    [InlineData("\"name\":\"a\"", "\"skin\":0")]
    [InlineData("\"mesh\":0", "\"mesh\":1")]
    [InlineData("\"camera\":0", "\"camera\":0.5")]
    [InlineData("\"POSITION\":0", "\"POSITION\":1")]
    [InlineData("\"POSITION\":0", "\"POSITION\":0,\"POSITION\":0")]
    [InlineData("\"count\":3", "\"count\":4")]
    [InlineData("\"byteLength\":36}]", "\"byteLength\":37}]")]
    [InlineData("\"buffer\":0", "\"buffer\":\"0\"")]
    [InlineData("\"name\":\"a\"", "\"name\":\"\\ud800\"")]
    [InlineData("\"name\":\"a\"", "\"translation\":[1e999,0,0]")]
    [InlineData("\"name\":\"a\"", "\"material\":{")]
    [InlineData("\"scene\":0", "\"scene\":1")]
    [InlineData("base64,AAAA", "base64,A*AA")]
    public void BrokenDocumentsAreRefused(string from, string to)
    {
        string text = Embedded.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Embedded, text);

        Assert.Throws<MediaException>(() => SceneFile.Read(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void TruncatedGlbIsRefusedEverywhere()
    {
        byte[] glb = SceneFile.Encode(SceneFile.Read(System.Text.Encoding.UTF8.GetBytes(Embedded)).Scene, SceneFormat.Glb);
        for (int length = 0; length < glb.Length; length++)
        {
            Assert.ThrowsAny<CodecException>(() => SceneFile.Read(glb.AsMemory(0, length)));
        }
    }
}
