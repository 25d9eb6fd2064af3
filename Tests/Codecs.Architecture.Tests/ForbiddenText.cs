using System.Text.RegularExpressions;

namespace Codecs.Architecture.Tests;

/// <summary>Text that ties the repository to one machine or one package source.</summary>
/// <remarks>The words are put together here so that this file does not contain them.</remarks>
internal static class ForbiddenText
{
    private static readonly string[] s_hosts =
    [
        .. new[] { "nuget", "pypi", "pythonhosted", "npmjs", "debian", "ubuntu", "maven", "golang" }.Select(n => $@"{n}\.(?:org|com)"),
        @"crates\.io", @"rubygems\.org", @"huggingface\.co", @"docker\.io", @"ghcr\.io", @"pkgs\.dev\.azure\.com",
    ];

    private static readonly Regex s_host = new($@"(?<![\w-])(?:[\w-]+\.)*(?:{string.Join('|', s_hosts)})(?![\w-])", RegexOptions.IgnoreCase);

    // A home or work folder with something in it; "~/x", "$HOME/x" and relative paths are fine.
    private static readonly Regex s_home = new(@"(?<![\w.~*}$/-])(?:[A-Za-z]:)?[/\\](?:home|root|Users|work|workspace)[/\\][\w.]+");

    /// <summary>What is wrong with a text, with line numbers; empty when nothing is.</summary>
    internal static IEnumerable<string> Find(string text)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            foreach ((Regex pattern, string kind) in new[] { (s_host, "registry host"), (s_home, "absolute path") })
            {
                if (pattern.Match(line) is { Success: true } match)
                {
                    yield return $"line {number}: {kind} '{match.Value}'";
                }
            }
        }
    }
}
