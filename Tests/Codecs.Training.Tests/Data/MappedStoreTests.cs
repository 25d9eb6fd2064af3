using Codecs.Training.Data;

namespace Codecs.Training.Tests.Data;

public sealed class MappedStoreTests
{
    private const ulong Magic = 0x3145524f54535441;

    [Fact]
    public void ItemsComeBackAndTheLayoutStays()
    {
        using var folder = new TempFolder();
        string path = folder.At("work/a.cache");
        using (var store = MappedStore.Open(path, Magic, 2, Build))
        {
            Assert.Equal([7, -8], store.Items[0].Numbers);
            byte[] bytes = new byte[2];
            store.Read(store.Items[1].Offset + 1, bytes);
            Assert.Equal([5, 6], bytes);
        }

        // Long trainings keep their caches: this is the file as it always was.
        Assert.Equal(
            [
                0x41, 0x54, 0x53, 0x54, 0x4f, 0x52, 0x45, 0x31, 2, 0, 0, 0,
                7, 0, 0, 0, 0xf8, 0xff, 0xff, 0xff, 44, 0, 0, 0, 0, 0, 0, 0,
                9, 0, 0, 0, 1, 0, 0, 0, 47, 0, 0, 0, 0, 0, 0, 0,
                1, 2, 3, 4, 5, 6,
            ],
            File.ReadAllBytes(path));
        Assert.Equal([path], Directory.EnumerateFiles(folder.At("work")));
    }

    [Fact]
    public void AStoreThatIsThereIsNotBuiltAgain()
    {
        using var folder = new TempFolder();
        string path = folder.At("work/a.cache");
        MappedStore.Open(path, Magic, 2, Build).Dispose();

        using var store = MappedStore.Open(path, Magic, 2, _ => Assert.Fail("built again"));

        Assert.Equal(2, store.Items.Count);
    }

    [Fact]
    public void AFailedBuildLeavesNothing()
    {
        using var folder = new TempFolder();

        Assert.Throws<MediaException>(() => MappedStore.Open(folder.At("work/a.cache"), Magic, 2, writer =>
        {
            Build(writer);
            throw new MediaException("no more");
        }));

        Assert.Empty(Directory.EnumerateFiles(folder.At("work")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(40)]
    public void ATruncatedStoreIsOurError(int length)
    {
        using var folder = new TempFolder();
        string path = folder.At("work/a.cache");
        MappedStore.Open(path, Magic, 2, Build).Dispose();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Assert.Throws<MediaException>(() => MappedStore.Open(path, Magic, 2, Build));
    }

    [Fact]
    public void AStoreOfAnotherKindIsOurError()
    {
        using var folder = new TempFolder();
        string path = folder.At("work/a.cache");
        MappedStore.Open(path, Magic, 2, Build).Dispose();

        Assert.Throws<MediaException>(() => MappedStore.Open(path, Magic + 1, 2, Build));
    }

    private static void Build(MappedStoreWriter writer)
    {
        writer.Add([1, 2, 3], 7, -8);
        writer.Add([4, 5, 6], 9, 1);
    }
}
