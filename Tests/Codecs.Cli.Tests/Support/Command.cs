using System.Diagnostics;
using System.Text;

namespace Codecs.Cli.Tests.Support;

/// <summary>Runs the built command as a real process.</summary>
internal static class Command
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    // artifacts/bin/Codecs.Cli.Tests/<configuration>/ and artifacts/bin/Codecs.Cli/<configuration>/ are neighbours.
    private static string Program
    {
        get
        {
            string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            string bin = Path.GetFullPath(Path.Combine(here, "..", "..", "Codecs.Cli", Path.GetFileName(here)));
            return Path.Combine(bin, OperatingSystem.IsWindows() ? "codecs.exe" : "codecs");
        }
    }

    internal static CliResult Run(TempFolder folder, params string[] arguments) => Run(folder, input: null, environment: null, arguments);

    internal static CliResult Run(TempFolder folder, byte[]? input, params string[] arguments) => Run(folder, input, environment: null, arguments);

    internal static CliResult Run(TempFolder folder, byte[]? input, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        Task copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill();
            Assert.Fail($"codecs {string.Join(' ', arguments)} did not end.");
        }

        copy.GetAwaiter().GetResult();
        return new CliResult(process.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
    }

    /// <summary>Starts the command with all streams redirected; the caller disposes.</summary>
    internal static Process Start(TempFolder folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        Assert.True(File.Exists(Program), $"'{Program}' was not built.");
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
