using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Codecs.Cli.Commands;

/// <summary>What --version prints: the tool, the bitstream revisions it writes, the runtime.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    // docs/bitstream.md, sections 2 and 3.
    private const int TinyRevision = 0, FullRevision = 1;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Version version = Assembly.GetExecutingAssembly().GetName().Version ?? new Version(0, 0, 0);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"codecs {version.ToString(3)}");
        output.WriteLine($"bitstream tiny {TinyRevision}, full {FullRevision}");
        output.WriteLine($"runtime {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        return ExitCode.Done;
    }
}
