namespace Codecs.Architecture.Tests;

/// <summary>The layering of the repository, and proof that the checker sees what is wrong.</summary>
public sealed class LayeringTests
{
    private static readonly ProjectFile[] s_good =
    [
        Project("Codecs/Codecs.Abstractions"),
        Project("EntropyCoding/Codecs.EntropyCoding", ["Codecs.Abstractions"]),
        Project("Formats/Codecs.Formats.Container", ["Codecs.Abstractions"]),
        Project("Formats/Codecs.Formats.Weights", ["Codecs.Abstractions", "Codecs.Formats.Container"]),
        Project("Codecs/Codecs.Metrics", ["Codecs.Abstractions"]),
        Project("Models/Codecs.Models", ["Codecs.EntropyCoding", "Codecs.Formats.Weights"], ["TorchSharp"]),
        Project("Codecs/Codecs.Images", ["Codecs.Models", "Codecs.Metrics"]),
        Project("Tools/Codecs.Training", ["Codecs.Models", "Codecs.Metrics"]),
        Project("Tools/Codecs.Cli", ["Codecs.Images", "Codecs.Training"], torchRuntime: true),
        Project("Examples/Demo", ["Codecs.Images"], ["TorchSharp"], torchRuntime: true),
        Project("Tests/Codecs.Images.Tests", ["Codecs.Images"], torchRuntime: true),
        Project("Tests/Codecs.Formats.Tests", ["Codecs.Formats.Container"]),
    ];

    [Fact]
    public void TheRepositoryKeepsItsLayers()
    {
        ProjectFile[] projects = [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => ProjectFile.Parse(f, Repository.Read(f)))];

        Assert.Contains(projects, p => p.Name == "Codecs.Abstractions");
        Assert.Contains(projects, p => p.Packages.Contains("TorchSharp"));
        Assert.Empty(Layering.Violations(projects));
    }

    [Fact]
    public void AHouseInOrderHasNoViolations() => Assert.Empty(Layering.Violations(s_good));

    [Theory]
    [InlineData("Codecs/Codecs.Abstractions", "Codecs.Metrics", "must not reference")]
    [InlineData("EntropyCoding/Codecs.EntropyCoding", "Codecs.Formats.Container", "must not reference")]
    [InlineData("Formats/Codecs.Formats.Container", "Codecs.Formats.Weights", "must not reference")]
    [InlineData("Formats/Codecs.Formats.Container", "Codecs.Models", "reaches TorchSharp")]
    [InlineData("Codecs/Codecs.Metrics", "Codecs.Models", "reaches TorchSharp")]
    [InlineData("Models/Codecs.Models", "Codecs.Metrics", "must not reference")]
    [InlineData("Models/Codecs.Models", "Codecs.Images", "must not reference")]
    [InlineData("Codecs/Codecs.Images", "Codecs.Cli", "must not reference")]
    [InlineData("Tools/Codecs.Cli", "Codecs.Formats.Tests", "must not reference")]
    [InlineData("Tools/Codecs.Cli", "Demo", "must not reference")]
    [InlineData("Examples/Demo", "Codecs.Training", "must not reference")]
    [InlineData("Tests/Codecs.Images.Tests", "Codecs.Formats.Tests", "must not reference")]
    [InlineData("Tools/Codecs.Cli", "Codecs.Nowhere", "no project of the repository")]
    public void AForbiddenReferenceIsFound(string path, string reference, string complaint) =>
        AssertFound(complaint, Changed(path, p => p with { References = [.. p.References, reference] }));

    [Fact]
    public void AModalityMayNotReferenceAnother() => AssertFound(
        "must not reference", [.. s_good, Project("Codecs/Codecs.Audio", ["Codecs.Images"])]);

    [Theory]
    [InlineData("Formats/Codecs.Formats.Container", "TorchSharp", "reaches TorchSharp")]
    [InlineData("Codecs/Codecs.Images", "TorchSharp", "networks belong into Models")]
    [InlineData("Tests/Codecs.Formats.Tests", "TorchSharp", "does not say UsesTorchRuntime")]
    [InlineData("Tools/Codecs.Cli", "libtorch-cpu-linux-x64", "UsesTorchRuntime instead")]
    public void AForbiddenPackageIsFound(string path, string package, string complaint) =>
        AssertFound(complaint, Changed(path, p => p with { Packages = [.. p.Packages, package] }));

    [Fact]
    public void ALibraryThatBringsLibtorchIsFound() => AssertFound(
        "brings libtorch along", Changed("Codecs/Codecs.Images", p => p with { UsesTorchRuntime = true }));

    [Fact]
    public void AProjectOutsideTheHouseIsFound() => AssertFound("lies in no known layer", [.. s_good, Project("Samples/Codecs.Sample")]);

    [Fact]
    public void AProjectFileIsTakenApart()
    {
        ProjectFile project = ProjectFile.Parse("Tools/X/X.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><UsesTorchRuntime>true</UsesTorchRuntime></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TorchSharp" />
                <ProjectReference Include="..\..\Models\Codecs.Models\Codecs.Models.csproj" />
                <ProjectReference Include="../Codecs.Cli/Codecs.Cli.csproj" ReferenceOutputAssembly="false" />
              </ItemGroup>
            </Project>
            """);

        Assert.Equal("X", project.Name);
        Assert.Equal("Tools", project.Area);
        Assert.True(project.UsesTorchRuntime);
        Assert.Equal(["TorchSharp"], project.Packages);
        Assert.Equal(["Codecs.Models"], project.References);
    }

    private static void AssertFound(string complaint, ProjectFile[] projects) =>
        Assert.Contains(Layering.Violations(projects), v => v.Contains(complaint, StringComparison.Ordinal));

    private static ProjectFile[] Changed(string path, Func<ProjectFile, ProjectFile> change)
    {
        ProjectFile before = Assert.Single(s_good, p => p.Path.StartsWith(path + "/", StringComparison.Ordinal));
        return [.. s_good.Select(p => p == before ? change(p) : p)];
    }

    private static ProjectFile Project(string folder, string[]? references = null, string[]? packages = null, bool torchRuntime = false) =>
        new($"{folder}/{Path.GetFileName(folder)}.csproj", references ?? [], packages ?? [], torchRuntime);
}
