namespace Codecs.Evaluation.Tests.Measuring;

public sealed class PictureFolderTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void PicturesAreFoundByExtensionAndSortedByName()
    {
        string[] expected = [_files.AddBytes("a.JPG", []), _files.AddBytes("b.png", []), _files.AddBytes("c.webp", [])];
        _files.AddBytes("notes.txt", []);
        _files.AddBytes(".hidden.png", []);

        Assert.Equal(expected, PictureFolder.Find(_files.Folder));
        Assert.Equal(expected[..2], PictureFolder.Find(_files.Folder, limit: 2));
        Assert.Equal([expected[1]], PictureFolder.Find(expected[1]));
    }

    [Fact]
    public void AnEmptyOrMissingFolderIsAnError()
    {
        Assert.Throws<MediaException>(() => PictureFolder.Find(_files.Folder));
        Assert.Throws<MediaException>(() => PictureFolder.Find(Path.Combine(_files.Folder, "no")));
    }

    [Fact]
    public void TheDataSetHasTheFoldersName() => Assert.Equal("kodak", PictureFolder.NameOf(Path.Combine("data", "kodak") + Path.DirectorySeparatorChar));
}
