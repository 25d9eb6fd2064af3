using System.Text;
using System.Text.Json;

namespace Codecs.Cli.Tests.Support;

/// <summary>A finished run of the command: exit code and both streams.</summary>
internal sealed record CliResult(int ExitCode, byte[] Output, string Error)
{
    internal string Text => Encoding.UTF8.GetString(Output);

    internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

    internal CliResult Expect(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, expected {exitCode}.\n{Error}\n{Text}");
        return this;
    }
}
