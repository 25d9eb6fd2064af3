namespace Codecs.Cli.Files;

/// <summary>Standard input and output as bytes.</summary>
internal static class StandardStreams
{
    /// <summary>The name that stands for either on the command line.</summary>
    internal const string Dash = "-";

    internal static void Write(ReadOnlySpan<byte> bytes)
    {
        using Stream output = OpenOutput();
        output.Write(bytes);
        output.Flush();
    }

    internal static Stream OpenInput() => Console.OpenStandardInput();

    internal static Stream OpenOutput() => Console.OpenStandardOutput();
}
