namespace Codecs.Architecture.Tests;

/// <summary>Codecs keep apart, and each explains itself.</summary>
public sealed class CodecFolderTests
{
    private static readonly string[] s_codecs = ["Mlicv2", "Walloc"];

    [Fact]
    public void NoCodecImportsAnother()
    {
        string[] sources = [.. Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.StartsWith("Tests/", StringComparison.Ordinal))];
        IReadOnlyList<string> codecs = CodecFolders.Codecs(sources);

        Assert.Contains("Mlicv2", codecs);
        Assert.Empty(sources.SelectMany(f => CodecFolders.ForeignCodecs(f, Repository.Read(f), codecs).Select(c => $"{f} names {c}")));
    }

    [Fact]
    public void EachCodecHasAReadme()
    {
        IEnumerable<string> folders = Repository.Files
            .Where(f => CodecFolders.Codecs([f]).Count == 1)
            .Select(f => string.Join('/', f.Split('/')[..3])).Distinct();

        Assert.All(folders, f => Assert.Contains(f + "/README.md", Repository.Files));
    }

    [Theory]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "using Codecs.Images.Mlicv2;")]
    [InlineData("Codecs/Codecs.Images/Walloc/Inner/A.cs", "using Codecs.Models.Mlicv2;")]
    [InlineData("Models/Codecs.Models/Walloc/A.cs", "var x = new Mlicv2.L20Network();")]
    [InlineData("Models/Codecs.Models/Walloc/A.cs", "using static Codecs.Models.Mlicv2.L20Config;")]
    [InlineData("Tools/Codecs.Training/Walloc/A.cs", "using N = Codecs.Models.Mlicv2;")]
    public void AnImportOfAnotherCodecIsFound(string path, string source) => Assert.Equal(["Mlicv2"], CodecFolders.ForeignCodecs(path, source, s_codecs));

    [Theory]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "using Codecs.Models.Walloc;")]
    [InlineData("Codecs/Codecs.Images/ImageCodec.cs", "using Codecs.Images.Mlicv2;")]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "// as Mlicv2.Encoder does it")]
    [InlineData("Models/Codecs.Models/Exact/A.cs", "using Codecs.Models.Mlicv2;")]
    public void OwnAndSharedCodeMayNameACodec(string path, string source) => Assert.Empty(CodecFolders.ForeignCodecs(path, source, s_codecs));
}
