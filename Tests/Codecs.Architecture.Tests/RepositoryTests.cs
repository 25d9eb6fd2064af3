using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Codecs.Architecture.Tests;

/// <summary>Rules for the files of the repository.</summary>
public sealed class RepositoryTests
{
    private const int MostLines = 500;

    [Fact]
    public void NuGetConfigNamesNoSource()
    {
        string text = Repository.Read("nuget.config");

        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.DoesNotContain(XElement.Parse(text).Elements(), e => e.Name.LocalName.StartsWith("packageSource", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void NoTextFileNamesARegistryOrAHomeFolder() =>
        Assert.Empty(Repository.TextFiles.SelectMany(f => ForbiddenText.Find(Repository.Read(f)).Select(problem => $"{f} {problem}")));

    [Theory]
    [InlineData("https:" + "//api.nu" + "get.o" + "rg/v3/index.json", "registry host")]
    [InlineData("pip install from files.python" + "hosted.o" + "rg", "registry host")]
    [InlineData("deb.deb" + "ian.o" + "rg/debian", "registry host")]
    [InlineData("see /ho" + "me/ann/codecs", "absolute path")]
    [InlineData("\"/ro" + "ot/.nuget\"", "absolute path")]
    [InlineData(@"C:\Us" + @"ers\ann", "absolute path")]
    public void TiesToOneMachineAreFound(string text, string kind) =>
        Assert.Contains(ForbiddenText.Find("first line\n" + text), p => p.StartsWith($"line 2: {kind}", StringComparison.Ordinal));

    [Theory]
    [InlineData("~/home/x and $HOME/x")]
    [InlineData("x/wo" + "rk/y")]
    [InlineData("NuGet and Debian packages")]
    [InlineData("/usr/share/games")]
    public void OrdinaryTextIsNotFound(string text) => Assert.Empty(ForbiddenText.Find(text));

    [Fact]
    public void NoSourceFileIsTooLong()
    {
        string[] sources = [.. Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.EndsWith(".g.cs", StringComparison.Ordinal))];

        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, f => File.ReadLines(Path.Combine(Repository.Root, f)).Skip(MostLines).Any());
    }

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        // "Tests\X\X.csproj" in the solution's own notation.
        string[] listed = [.. Regex.Matches(Repository.Read("Codecs.sln"), @"""(?<path>[^""]+\.csproj)""").Select(m => m.Groups["path"].Value.Replace('\\', '/')).Order(StringComparer.Ordinal)];
        string[] present = [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))];

        Assert.NotEmpty(present);
        Assert.Equal(present, listed);
    }

    [Fact]
    public void EveryLibraryHasATestProjectThatReferencesIt()
    {
        ProjectFile[] projects = [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => ProjectFile.Parse(f, Repository.Read(f)))];
        HashSet<string> tested = [.. projects.Where(p => p.Area == "Tests").SelectMany(p => p.References)];

        Assert.Empty(projects.Where(p => p.Area is not ("Tests" or "Tools" or "Examples") && p.Name != "Codecs.Abstractions" && !tested.Contains(p.Name)).Select(p => p.Name));
    }

    [Fact]
    public void ScriptsStopAtTheFirstError()
    {
        string[] scripts = [.. Repository.TextFiles.Where(f => f.EndsWith(".sh", StringComparison.Ordinal) || f is ".ci/run")];

        Assert.NotEmpty(scripts);
        Assert.All(scripts, f => Assert.Contains("\nset -euo pipefail\n", Repository.Read(f), StringComparison.Ordinal));
    }
}
