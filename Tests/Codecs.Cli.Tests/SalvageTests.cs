using Codecs.Cli.Tests.Support;
using Codecs.Formats.Container;

namespace Codecs.Cli.Tests;

public sealed class SalvageTests(CodedSamples samples)
{
    [Fact]
    public void APictureWhoseAlphaIsDamagedComesBackWithoutIt()
    {
        using var folder = new TempFolder();
        NcfFile file = NcfFile.Parse(samples.Alpha, NcfLimits.Default);
        folder.Write("bad.ncf", Damaged(samples.Alpha, (int)file.Units[1].Offset + 20));

        CliResult result = Command.Run(folder, "verify", "bad.ncf", "--salvage", "-o", "rest.ncf").Expect(6);
        Command.Run(folder, "verify", "rest.ncf").Expect(0);
        Command.Run(folder, "decode", "rest.ncf").Expect(0);

        Assert.Contains("1 unit good, 1 unit damaged", result.Text, StringComparison.Ordinal);
        Assert.Null(NcfFile.Parse(folder.Read("rest.ncf"), NcfLimits.Default).AlphaTrack);
    }

    [Fact]
    public void ADamagedSignatureCostsNothing()
    {
        using var folder = new TempFolder();
        folder.Write("bad.ncf", Damaged(samples.Alpha, 3));

        Command.Run(folder, "verify", "bad.ncf", "--salvage", "-o", "rest.ncf").Expect(6);

        Assert.Equal(samples.Alpha, folder.Read("rest.ncf"));
    }

    [Fact]
    public void GoodBytesWithWrongSymbolsAreOfOtherArithmetic()
    {
        using var folder = new TempFolder();
        NcfFile file = NcfFile.Parse(samples.Alpha, NcfLimits.Default);
        byte[] payload = Damaged(file.Units[0].Payloads[0].ToArray(), 40);
        byte[] lying = NcfWriter.WriteFull(new NcfDraft
        {
            Tracks = file.Tracks,
            Models = file.Models,
            Units = [file.Units[0] with { Payloads = [payload] }, file.Units[1]],
        });
        folder.Write("lying.ncf", lying);

        CliResult result = Command.Run(folder, "verify", "lying.ncf", "--salvage", "--json").Expect(6);

        Assert.Equal(
            ["NotDeterministic", "Ok"],
            result.Json.GetProperty("files")[0].GetProperty("salvage").GetProperty("units").EnumerateArray().Select(u => u.GetProperty("status").GetString()!));
    }

    [Fact]
    public void APictureWithoutItsModelSaysSo()
    {
        using var folder = new TempFolder();
        NcfFile file = NcfFile.Parse(samples.Alpha, NcfLimits.Default);
        byte[] foreign = NcfWriter.WriteFull(new NcfDraft
        {
            Tracks = file.Tracks,
            Models = [ModelReference.Create(new Fingerprint(new byte[32]), new Fingerprint(new byte[32]), DeterminismClass.IntegerExact)],
            Units = file.Units,
        });
        folder.Write("foreign.ncf", foreign);

        CliResult result = Command.Run(folder, "verify", "foreign.ncf", "--salvage").Expect(6);

        Assert.Contains("1 unit good, 1 unit without their model", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutSalvageNothingIsWritten()
    {
        using var folder = new TempFolder();
        folder.Write("a.ncf", samples.Alpha);

        Command.Run(folder, "verify", "a.ncf", "-o", "b.ncf").Expect(2);
    }

    private static byte[] Damaged(byte[] file, int at)
    {
        byte[] damaged = [.. file];
        damaged[at] ^= 0x20;
        return damaged;
    }
}
