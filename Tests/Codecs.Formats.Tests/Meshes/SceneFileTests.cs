using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class SceneFileTests
{
    [Fact]
    public void EveryFormatIsRecognisedByItsBytesWhateverItsName()
    {
        Scene scene = Scene.FromSurface(TestScenes.Sheet(3, 3, 1, true, true, true, true));
        foreach (SceneFormat format in SceneFormats.All)
        {
            Assert.Equal(format, SceneFormats.Detect(SceneFile.Encode(scene, format), "a.png"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plywood is no ply")]
    [InlineData("{\"no\":\"gltf\"}")]
    [InlineData("solid ground under our feet")]
    [InlineData("v is a letter")]
    public void OtherBytesAreRefused(string text) => Assert.Throws<MediaException>(() => SceneFile.Read(Encoding.UTF8.GetBytes(text), name: "a.txt"));

    [Fact]
    public void InfoTellsWhatIsInAFile()
    {
        using var folder = new TempFolder();
        SceneFile.Write(Scene.FromSurface(TestScenes.Sheet(3, 3, 1, true, true, true, true)), folder.At("a.glb"));

        SceneInfo info = SceneFile.ReadInfo(folder.At("a.glb"));

        Assert.Equal((SceneFormat.Glb, 8, 2, true), (info.Format, (int)info.Contents.Triangles, info.Contents.Materials, info.Contents.HasColors));
        Assert.Equal(new FileInfo(folder.At("a.glb")).Length, info.FileBytes);
    }

    [Fact]
    public void LossesAreNamedBeforeWriting()
    {
        Scene scene = Scene.FromSurface(TestScenes.Sheet(3, 3, 1, true, true, true, true));

        Assert.Empty(SceneFile.Losses(scene, SceneFormat.Glb));
        Assert.Contains("STL: normals are dropped.", SceneFile.Losses(scene, SceneFormat.Stl));
        Assert.Contains("STL: materials are dropped.", SceneFile.Losses(scene, SceneFormat.Stl));
        Assert.Contains("PLY: materials are dropped.", SceneFile.Losses(scene, SceneFormat.Ply));
    }

    [Fact]
    public void AFailedWriteLeavesNothingBehind()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("a.ply"), "old");

        // Nothing that PLY could hold.
        Assert.Throws<MediaException>(() => SceneFile.Write(new Scene(), folder.At("a.ply")));

        Assert.Equal(["a.ply"], folder.Files());
        Assert.Equal("old", File.ReadAllText(folder.At("a.ply")));
    }

    [Fact]
    public void StreamsAreReadFromWhereTheyStand()
    {
        byte[] glb = SceneFile.Encode(Scene.FromSurface(TestScenes.Sheet(3, 3, 1, true, true, true, true)), SceneFormat.Glb);
        using var stream = new MemoryStream([1, 2, 3, .. glb]);
        stream.Position = 3;

        Assert.Equal(8, SceneFile.Read(stream).Scene.Inspect().Triangles);
    }

    [Fact]
    public void LimitsAreKept()
    {
        Surface sheet = TestScenes.Sheet(9, 9, 1, false, false, false, false);
        foreach (SceneFormat format in SceneFormats.All)
        {
            byte[] bytes = SceneFile.Encode(Scene.FromSurface(sheet), format);
            Assert.Throws<LimitExceededException>(() => SceneFile.Read(bytes, new SceneLimits { MaxFileBytes = 100 }));
            Assert.Throws<LimitExceededException>(() =>
            {
                var limits = new SceneLimits { MaxTriangles = 100 };
                SceneFile.Read(bytes, limits).Scene.Flatten(new SurfaceOptions { Limits = limits });
            });
        }
    }
}
