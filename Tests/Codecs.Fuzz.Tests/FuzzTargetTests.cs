namespace Codecs.Fuzz.Tests;

/// <summary>The fuzz targets over their stored inputs: what once went wrong, and what covers most of the code, in the normal run.</summary>
public class FuzzTargetTests
{
    private const int MutationsPerSeed = 60;

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory, MemberData(nameof(Names))]
    public void EverySeedIsGoodData(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name)!;
        int seeds = 0;
        foreach (byte[] seed in target.Seeds())
        {
            Assert.Null(Guard.Feed(target, seed));
            seeds++;
        }

        Assert.True(seeds > 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void EveryStoredInputIsReadOrRefused(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name)!;
        string folder = Path.Combine(AppContext.BaseDirectory, "Data", "Fuzz", name);
        foreach (string path in Directory.Exists(folder) ? Corpus.Files([folder]) : [])
        {
            Guard.Feed(target, File.ReadAllBytes(path));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void DamagedSeedsAreReadOrRefused(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name)!;
        int refused = 0, all = 0;
        foreach (byte[] seed in target.Seeds())
        {
            for (int i = 0; i < MutationsPerSeed; i++, all++)
            {
                refused += Guard.Feed(target, new Mutator(i).Mutate(seed)) is null ? 0 : 1;
            }
        }

        // A target that takes everything would test nothing.
        Assert.True(refused > 0, $"all {all} damaged inputs passed as good");
    }

    [Fact]
    public void EveryStoredFolderBelongsToATarget()
    {
        string root = Path.Combine(AppContext.BaseDirectory, "Data", "Fuzz");
        foreach (string folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            Assert.NotNull(FuzzTargets.Find(Path.GetFileName(folder)));
        }
    }
}
