using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Tests;

/// <summary>Pictures in packets, from the file to the channel and back.</summary>
public sealed class PacketTests(CodedPackets coded)
{
    [Fact]
    public void AllPacketsMakeThePictureOfTheirIndices()
    {
        using var folder = new TempFolder();
        folder.Write("spices.ncp", coded.Spices);

        JsonElement report = Command.Run(folder, "decode", "spices.ncp", "--json").Expect(0).Json.GetProperty("files")[0], packets = report.GetProperty("packets");

        Image picture = ImageFile.Read(folder.At("spices.png")).Image;
        Assert.Equal((report.GetProperty("width").GetInt32(), report.GetProperty("height").GetInt32()), (picture.Width, picture.Height));
        Assert.Equal((packets.GetProperty("sent").GetInt32(), 0, 0), (packets.GetProperty("received").GetInt32(), packets.GetProperty("restored").GetInt32(), packets.GetProperty("sitesGuessed").GetInt32()));
        Assert.Empty(report.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public void EncodingReportsThePackets()
    {
        JsonElement report = coded.Report.GetProperty("files")[0], packets = report.GetProperty("packets");
        IReadOnlyList<ReadOnlyMemory<byte>> split = PacketFile.Split(coded.Spices);

        Assert.Equal("spices.ncp", Path.GetFileName(report.GetProperty("output").GetString()));
        Assert.Equal("vqgan-extreme", report.GetProperty("model").GetString());
        Assert.Equal(split.Count, packets.GetProperty("sent").GetInt32() + packets.GetProperty("parity").GetInt32());
        Assert.Equal(split.Max(p => p.Length), packets.GetProperty("largestBytes").GetInt32());
        Assert.InRange(packets.GetProperty("largestBytes").GetInt32(), 32, CodedPackets.MaxBytes);
    }

    [Fact]
    public void LostPacketsAreGuessedAndThatIsSaid()
    {
        using var folder = new TempFolder();
        folder.Write("spices.ncp", Lose(1, 4, 5));

        CliResult predicted = Command.Run(folder, "decode", "spices.ncp", "-o", "predicted.png", "--confidence-map", "map.png").Expect(0);
        Command.Run(folder, "decode", "spices.ncp", "-o", "neighbours.png", "--conceal", "neighbours").Expect(0);
        Command.Run(folder, "decode", "spices.ncp", "-o", "none.png", "--conceal", "none").Expect(0);

        Assert.Contains("warning", predicted.Error, StringComparison.Ordinal);
        Assert.Contains("guessed", predicted.Error, StringComparison.Ordinal);
        Assert.Equal(3, new[] { "predicted.png", "neighbours.png", "none.png" }.Select(n => Convert.ToHexString(folder.Read(n))).Distinct().Count());
        Image map = ImageFile.Read(folder.At("map.png")).Image, picture = ImageFile.Read(folder.At("predicted.png")).Image;
        Assert.Equal((picture.Width, picture.Height, ImageLayout.Gray), (map.Width, map.Height, map.Layout));
        Assert.Contains((byte)255, map.Pixels.ToArray());
        Assert.Contains(map.Pixels.ToArray(), b => b < 255);
        Assert.Contains("exists", Command.Run(folder, "decode", "spices.ncp", "-o", "again.png", "--confidence-map", "map.png").Expect(4).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ParityBringsBackWhatTheChannelLost()
    {
        using var folder = new TempFolder();
        folder.Write("whole.ncp", coded.Protected);
        folder.Write("less.ncp", PacketFile.Write(PacketFile.Split(coded.Protected).Skip(1)));

        Command.Run(folder, "decode", "whole.ncp", "-o", "whole.png").Expect(0);
        CliResult less = Command.Run(folder, "decode", "less.ncp", "-o", "less.png", "--json").Expect(0);

        Assert.Equal(1, less.Json.GetProperty("files")[0].GetProperty("packets").GetProperty("restored").GetInt32());
        Assert.Equal(folder.Read("whole.png"), folder.Read("less.png"));
    }

    [Fact]
    public void TheChannelLosesTheSamePacketsForTheSameSeed()
    {
        using var folder = new TempFolder();
        folder.Write("spices.ncp", coded.Spices);

        JsonElement report = Command.Run(folder, "channel", "--loss", "0.5", "--seed", "3", "spices.ncp", "a.ncp", "--json").Expect(0).Json.GetProperty("files")[0];
        CliResult told = Command.Run(folder, "channel", "--loss", "0.5", "--seed", "3", "spices.ncp", "b.ncp").Expect(0);
        byte[] burst = Command.Run(folder, coded.Spices, "channel", "--loss", "0.5", "--burst", "4", "--seed", "5", "-", "-").Expect(0).Output;

        int sent = PacketFile.Split(coded.Spices).Count, arrived = PacketFile.Split(folder.Read("a.ncp")).Count;
        Assert.Equal(folder.Read("a.ncp"), folder.Read("b.ncp"));
        Assert.NotEqual(folder.Read("a.ncp"), burst);
        Assert.InRange(arrived, 1, sent - 1);
        JsonElement packets = report.GetProperty("packets");
        Assert.Equal((sent, arrived, sent - arrived), (packets.GetProperty("sent").GetInt32(), packets.GetProperty("received").GetInt32(), packets.GetProperty("lost").GetInt32()));
        Assert.Contains($"{sent} packets sent, {sent - arrived} lost", told.Error, StringComparison.Ordinal);
        Assert.Contains("exists", Command.Run(folder, "channel", "--loss", "0", "spices.ncp", "b.ncp").Expect(4).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void InfoTellsWhatThePacketsAreOf()
    {
        using var folder = new TempFolder();
        folder.Write("spices.ncp", Lose(0));

        string text = Command.Run(folder, "info", "spices.ncp").Expect(0).Text;
        JsonElement packets = Command.Run(folder, "info", "spices.ncp", "--json").Expect(0).Json.GetProperty("files")[0].GetProperty("packets");

        int count = PacketFile.Split(coded.Spices).Count;
        Assert.Contains($"{count} packets", text, StringComparison.Ordinal);
        Assert.Contains("vqgan-extreme", text, StringComparison.Ordinal);
        Assert.Equal((count, count - 1), (packets.GetProperty("sent").GetInt32(), packets.GetProperty("received").GetInt32()));
    }

    [Fact]
    public void VerifyTellsWhichPacketsAreGood()
    {
        using var folder = new TempFolder();
        byte[] damaged = [.. coded.Spices];
        damaged[PacketFile.SignatureBytes + 30] ^= 1; // in packet 0
        folder.Write("good.ncp", coded.Spices);
        folder.Write("damaged.ncp", damaged);

        Assert.Contains("ok", Command.Run(folder, "verify", "good.ncp").Expect(0).Text, StringComparison.Ordinal);
        CliResult told = Command.Run(folder, "verify", "damaged.ncp").Expect(6);
        JsonElement packets = Command.Run(folder, "verify", "damaged.ncp", "--json").Expect(6).Json.GetProperty("files")[0].GetProperty("packets");

        int count = PacketFile.Split(coded.Spices).Count;
        Assert.Contains($"{count - 1} packets are good: 1, 2", told.Text, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, count - 1), packets.GetProperty("good").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        Assert.Equal(PacketFile.SignatureBytes, packets.GetProperty("damaged")[0].GetProperty("offset").GetInt32());
    }

    [Fact]
    public void ExtremeIsAShorthandForTheCodec()
    {
        using var folder = new TempFolder();
        folder.Write("lake.png", TestPictures.Bytes(TestPictures.Lake));

        Command.Run(folder, "encode", "lake.png", "--extreme", "-o", "short.ncf").Expect(0);
        Command.Run(folder, "encode", "lake.png", "--codec", "vqgan-extreme", "-o", "long.ncf").Expect(0);

        Assert.Equal(folder.Read("long.ncf"), folder.Read("short.ncf"));
    }

    [Fact]
    public void FoldersOfPacketsAreFound()
    {
        using var folder = new TempFolder();
        folder.Write("in/a/one.ncp", coded.Spices);

        Command.Run(folder, "decode", "in", "--out-dir", "out").Expect(0);

        Assert.Contains("out/a/one.png", folder.Files());
    }

    [Fact]
    public void EvaluationMeasuresEveryLossWithEveryMethod()
    {
        using var folder = new TempFolder();
        folder.Write("photos/corner.png", ImageFile.Encode(Corner(256, 192), ImageFormat.Png));

        CliResult table = Command.Run(folder, "eval", "photos", "--packets", "--out", "out").Expect(0);
        JsonElement evaluation = JsonDocument.Parse(folder.Read("out/results.json")).RootElement;
        CliResult refused = Command.Run(folder, "eval", "photos", "--packets", "--against", "jpeg").Expect(2);

        Assert.Equal("codecs-eval-packets", evaluation.GetProperty("schema").GetString());
        Assert.Equal(2 + (10 * 4), evaluation.GetProperty("points").GetArrayLength());
        Assert.Contains("bursts of 2", table.Text, StringComparison.Ordinal);
        Assert.Contains("--against", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "or they were made with other weights", "decode", "bad.ncp")]
    [InlineData(3, "or they were made with other weights", "info", "bad.ncp")]
    [InlineData(6, "made with other weights", "verify", "bad.ncp")]
    [InlineData(2, "'mlicv2' has none", "decode", "spices.ncp", "--codec", "mlicv2")]
    [InlineData(2, "'mlicv2' has none", "encode", "lake.png", "--codec", "mlicv2", "--packets")]
    [InlineData(2, "--salvage", "verify", "spices.ncp", "--salvage")]
    [InlineData(2, "no picture format", "decode", "spices.ncp", "-o", "x.wav")]
    [InlineData(1, "bytes", "encode", "lake.png", "--bytes", "20", "--packets")]
    [InlineData(3, "file of packets", "channel", "--loss", "0.1", "lake.png", "x.ncp")]
    public void WhatCannotBeIsSaid(int exitCode, string reason, params string[] arguments)
    {
        using var folder = new TempFolder();
        folder.Write("spices.ncp", coded.Spices);
        folder.Write("lake.png", TestPictures.Bytes(TestPictures.Lake));
        folder.Write("bad.ncp", [.. coded.Spices.AsSpan(0, 60)]);

        CliResult result = Command.Run(folder, arguments).Expect(exitCode);

        Assert.Contains(reason, result.Error + result.Text, StringComparison.Ordinal);
        Assert.Equal(["bad.ncp", "lake.png", "spices.ncp"], folder.Files());
    }

    private static Image Corner(int width, int height)
    {
        Image picture = ImageFile.Read(TestPictures.PathOf(TestPictures.Spices)).Image, corner = new(width, height, picture.Layout);
        for (int y = 0; y < height; y++)
        {
            picture.Pixels.Span.Slice(y * picture.Width * picture.Channels, width * picture.Channels).CopyTo(corner.Pixels.Span[(y * width * picture.Channels)..]);
        }

        return corner;
    }

    private byte[] Lose(params int[] lost) => PacketFile.Write(PacketFile.Split(coded.Spices).Where((_, p) => !lost.Contains(p)));
}
