using System.Text.Json;

namespace Codecs.Cli.Tests.Support;

/// <summary>A picture in packets, made by the command itself when first asked for.</summary>
public sealed class CodedPackets
{
    /// <summary>Largest packet.</summary>
    public const int MaxBytes = 64;

    private readonly Lazy<Set> _set = new(Encode);

    /// <summary>Without parity.</summary>
    public byte[] Spices => _set.Value.Spices;

    /// <summary>With parity.</summary>
    public byte[] Protected => _set.Value.Protected;

    /// <summary>The JSON of the run that made <see cref="Spices"/>.</summary>
    public JsonElement Report => _set.Value.Report;

    private static Set Encode()
    {
        using var folder = new TempFolder();
        string picture = TestPictures.PathOf(TestPictures.Spices);
        CliResult result = Command.Run(folder, "encode", picture, "-o", "spices.ncp", "--packets", $"{MaxBytes}", "--json").Expect(0);
        Command.Run(folder, "encode", picture, "-o", "protected.ncp", "--extreme", "--packets", $"{MaxBytes}", "--protect", "30", "-q", "20").Expect(0);
        return new Set(folder.Read("spices.ncp"), folder.Read("protected.ncp"), result.Json);
    }

    private sealed record Set(byte[] Spices, byte[] Protected, JsonElement Report);
}
