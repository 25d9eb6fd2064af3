using System.Diagnostics;

namespace Codecs.Tests;

/// <summary>Runs tests of this program again in a process of their own, under a variable that the runtime reads once.</summary>
internal static class ChildRun
{
    /// <summary>Succeeds when at least one test of that name ran there and all passed.</summary>
    internal static async Task PassesAsync(string method, string variable, string value)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-method", $"*.{method}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = value;
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, output + await errors);
        Assert.Matches("Total: [1-9][0-9]*, Errors: 0, Failed: 0, Skipped: 0", output);
    }
}
