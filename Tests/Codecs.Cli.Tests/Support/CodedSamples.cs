namespace Codecs.Cli.Tests.Support;

/// <summary>Coded files that many tests start from, made by the command itself when first asked for.</summary>
public sealed class CodedSamples
{
    private readonly Lazy<Set> _set = new(Encode);

    /// <summary>96 x 64 RGB, Tiny profile.</summary>
    public byte[] Lake => _set.Value.Lake;

    /// <summary>96 x 64 RGB with alpha, Full profile.</summary>
    public byte[] Alpha => _set.Value.Alpha;

    /// <summary>The JSON of the run that made them; the fourth file was a 16-bit picture.</summary>
    public string Report => _set.Value.Report;

    /// <summary>Standard error of that run.</summary>
    public string Messages => _set.Value.Messages;

    private static Set Encode()
    {
        using var folder = new TempFolder();
        string[] pictures = [.. new[] { TestPictures.Lake, TestPictures.Alpha, TestPictures.Turned, TestPictures.SixteenBit }.Select(TestPictures.PathOf)];
        CliResult result = Command.Run(folder, ["encode", .. pictures, "--out-dir", ".", "-q", "70", "--json"]).Expect(0);
        return new Set(folder.Read("lake.ncf"), folder.Read("lake-alpha.ncf"), result.Text, result.Error);
    }

    private sealed record Set(byte[] Lake, byte[] Alpha, string Report, string Messages);
}
