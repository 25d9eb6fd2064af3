using System.Text.RegularExpressions;

namespace Codecs.Architecture.Tests;

/// <summary>What the documents say exists.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData(0, "Tests/Codecs.Images.Tests/ImageCodecTests.cs")]
    [InlineData(1, "Tests/Codecs.Audio.Tests/RoundTripTests.cs")]
    public void AReadmeExampleIsATest(int number, string test)
    {
        string block = Regex.Matches(Repository.Read("README.md"), "```csharp\n(?<code>.*?)```", RegexOptions.Singleline)[number].Groups["code"].Value;
        string[] statements = [.. block.Split('\n').Select(line => line.Split("//")[0].Trim()).Where(line => line.Length > 0)];
        string[] tested = [.. Repository.Read(test).Split('\n').Select(line => line.Trim())];

        Assert.NotEmpty(statements);
        Assert.All(statements, s => Assert.Contains(s, tested));
    }

    [Fact]
    public void LinksBetweenDocumentsLeadSomewhere()
    {
        var broken = new List<string>();
        foreach (string document in Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)))
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
            foreach (Match link in Regex.Matches(Repository.Read(document), @"\]\((?<target>[^)#:\s]+)(?:#[^)]*)?\)"))
            {
                string target = Path.Combine(folder, link.Groups["target"].Value);
                if (!File.Exists(target) && !Directory.Exists(target))
                {
                    broken.Add($"{document}: {link.Value}");
                }
            }
        }

        Assert.Empty(broken);
    }
}
