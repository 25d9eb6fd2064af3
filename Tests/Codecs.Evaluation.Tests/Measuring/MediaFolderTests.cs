namespace Codecs.Evaluation.Tests.Measuring;

public sealed class MediaFolderTests : IDisposable
{
    private readonly MediaFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void FilesAreFoundByExtensionAndSortedByName()
    {
        string[] expected = [_files.AddBytes("a.JPG", []), _files.AddBytes("b.png", []), _files.AddBytes("c.webp", [])];
        string sound = _files.AddBytes("a.Flac", []), video = _files.AddBytes("a.MP4", []);
        _files.AddBytes("notes.txt", []);
        _files.AddBytes(".hidden.png", []);

        Assert.Equal(expected, MediaFolder.Find(_files.Folder, MediaKind.Picture));
        Assert.Equal(expected[..2], MediaFolder.Find(_files.Folder, MediaKind.Picture, limit: 2));
        Assert.Equal([sound], MediaFolder.Find(_files.Folder, MediaKind.Audio));
        Assert.Equal([video], MediaFolder.Find(_files.Folder, MediaKind.Video));
        Assert.Equal([expected[1]], MediaFolder.Find(expected[1], MediaKind.Picture));
    }

    [Fact]
    public void AFolderIsOfTheKindThatItHolds()
    {
        string sound = _files.AddBytes("a.opus", []);
        Assert.Equal(MediaKind.Audio, MediaFolder.KindOf(_files.Folder));

        string picture = _files.AddBytes("a.png", []);
        Assert.Null(MediaFolder.KindOf(_files.Folder));
        Assert.Equal(MediaKind.Audio, MediaFolder.KindOf(sound));
        Assert.Equal(MediaKind.Picture, MediaFolder.KindOf(picture));

        File.Delete(sound);
        Assert.Equal(MediaKind.Picture, MediaFolder.KindOf(_files.Folder));

        string video = _files.AddBytes("a.webm", []);
        Assert.Null(MediaFolder.KindOf(_files.Folder));
        Assert.Equal(MediaKind.Video, MediaFolder.KindOf(video));

        File.Delete(picture);
        Assert.Equal(MediaKind.Video, MediaFolder.KindOf(_files.Folder));
    }

    [Fact]
    public void AnEmptyOrMissingFolderIsAnError()
    {
        Assert.Throws<MediaException>(() => MediaFolder.Find(_files.Folder, MediaKind.Picture));
        Assert.Throws<MediaException>(() => MediaFolder.Find(Path.Combine(_files.Folder, "no"), MediaKind.Audio));
        Assert.Throws<MediaException>(() => MediaFolder.KindOf(_files.Folder));
        Assert.Throws<MediaException>(() => MediaFolder.KindOf(Path.Combine(_files.Folder, "no")));
    }

    [Fact]
    public void TheDataSetHasTheFoldersName() => Assert.Equal("kodak", MediaFolder.NameOf(Path.Combine("data", "kodak") + Path.DirectorySeparatorChar));
}
