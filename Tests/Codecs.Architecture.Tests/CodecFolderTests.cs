namespace Codecs.Architecture.Tests;

/// <summary>Codecs keep apart, and each explains itself.</summary>
public sealed class CodecFolderTests
{
    private static readonly string[] s_codecs = ["Mlicv2", "Walloc"];

    private static readonly string[] s_sources = [.. Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.StartsWith("Tests/", StringComparison.Ordinal))];
    private static readonly Lazy<IReadOnlyList<string>> s_folders = new(() => CodecFolders.Folders(s_sources, Repository.Read));

    [Fact]
    public void CodecsAreFoundAndWhatTheyShareIsNot()
    {
        Assert.All(["LanguageCodec", "Mlicv2", "VqganExtreme", "Walloc"], name => Assert.Contains(name, CodecFolders.Names(s_folders.Value)));
        Assert.DoesNotContain("Codecs/Codecs.Images/Packets", s_folders.Value);
    }

    [Fact]
    public void NoCodecImportsAnother()
    {
        IReadOnlyList<string> codecs = CodecFolders.Names(s_folders.Value);

        Assert.Empty(s_sources.SelectMany(f => CodecFolders.ForeignCodecs(f, Repository.Read(f), codecs).Select(c => $"{f} names {c}")));
    }

    [Fact]
    public void EachCodecHasAReadme() => Assert.All(s_folders.Value, f => Assert.Contains(f + "/README.md", Repository.Files));

    [Theory]
    [InlineData("internal sealed class A : IPictureCodec\n{", true)]
    [InlineData("internal sealed class A(int x) : Base(x), ITokenCodec\n{", true)]
    [InlineData("internal sealed class A<T> : IIndexCodec where T : struct\n{", true)]
    [InlineData("internal sealed class A<T> where T : IPictureCodec\n{", false)]
    [InlineData("internal interface ITokenCodec : ISoundCodec\n{", false)]
    [InlineData("internal sealed class A\n{\n    void F(IPictureCodec codec)", false)]
    [InlineData("// class A : IPictureCodec\n", false)]
    public void ACodecIsWhatImplementsTheInterface(string source, bool isCodec) =>
        Assert.Equal(isCodec ? ["Codecs/Codecs.Images/New"] : [], CodecFolders.Folders(["Codecs/Codecs.Images/New/A.cs"], _ => source));

    [Theory]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "using Codecs.Images.Mlicv2;")]
    [InlineData("Codecs/Codecs.Images/Walloc/Inner/A.cs", "using Codecs.Models.Mlicv2;")]
    [InlineData("Models/Codecs.Models/Walloc/A.cs", "var x = new Mlicv2.L20Network();")]
    [InlineData("Models/Codecs.Models/Walloc/A.cs", "using static Codecs.Models.Mlicv2.L20Config;")]
    [InlineData("Tools/Codecs.Training/Walloc/A.cs", "using N = Codecs.Models.Mlicv2;")]
    [InlineData("Codecs/Codecs.Images/Packets/A.cs", "using Codecs.Models.Mlicv2;")]
    public void AnImportOfAnotherCodecIsFound(string path, string source) => Assert.Equal(["Mlicv2"], CodecFolders.ForeignCodecs(path, source, s_codecs));

    [Theory]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "using Codecs.Models.Walloc;")]
    [InlineData("Codecs/Codecs.Images/ImageCodec.cs", "using Codecs.Images.Mlicv2;")]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "strip.Packets.Analyze();")]
    [InlineData("Codecs/Codecs.Images/Walloc/A.cs", "// as Mlicv2.Encoder does it")]
    [InlineData("Models/Codecs.Models/Exact/A.cs", "using Codecs.Models.Mlicv2;")]
    public void OwnAndSharedCodeMayNameACodec(string path, string source) => Assert.Empty(CodecFolders.ForeignCodecs(path, source, s_codecs));
}
