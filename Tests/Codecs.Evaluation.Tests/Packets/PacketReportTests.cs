using System.Text.Json.Nodes;

namespace Codecs.Evaluation.Tests.Packets;

public sealed class PacketReportTests
{
    [Fact]
    public void ChannelsHaveARowForEachMethod()
    {
        using var output = new StringWriter();
        PacketReport.Write(MadeUp(), output);
        string text = output.ToString();

        Assert.StartsWith("made up: 2 pictures, vqgan-extreme at quality 60, packets of up to 200 bytes, 2 channels for each loss", text, StringComparison.Ordinal);
        Assert.Matches(@"none +0\.0 % +predict +1000 +0\.0 % +0\.0 % +– +0\.90000 +0\.5000 +0\.6000 +30\.00", text);
        Assert.Matches(@"independent +20\.0 % +none +1000 +18\.2 % +18\.5 % +2\.0 % +0\.70000 +0\.5000 +0\.6000 +30\.00", text);
        Assert.Matches(@"bursts of 2 +20\.0 % +predict ", text);
    }

    [Fact]
    public void TheKeysStayAsTheyAre()
    {
        JsonNode root = JsonNode.Parse(EvaluationJson.ToBytes(MadeUp()))!, point = root["points"]![1]!;

        Assert.Equal("schema schemaVersion dataSet created software codec quality maxPacketBytes seeds pictures skipped points", Keys(root));
        Assert.Equal("loss meanBurst method bytes lost guessed indexAccuracy msSsim scores", Keys(point));
        Assert.Equal(("codecs-eval-packets", 0.2, 0.02), (root["schema"]!.GetValue<string>(), point["loss"]!.GetValue<double>(), point["indexAccuracy"]!.GetValue<double>()));
    }

    private static string Keys(JsonNode node) => string.Join(' ', node.AsObject().Select(p => p.Key));

    private static PacketEvaluationResult MadeUp()
    {
        var scores = new PictureScores(0.5, 0.6, 30, 0.3, 0.1);
        return new PacketEvaluationResult
        {
            DataSet = "made up",
            Created = DateTimeOffset.UnixEpoch,
            Software = "codecs",
            Codec = "vqgan-extreme",
            Quality = 60,
            MaxPacketBytes = 200,
            Seeds = 2,
            Pictures = ["a.png", "b.png"],
            Skipped = [],
            Points =
            [
                new PacketPoint(0, null, "predict", 1000, 0, 0, null, 0.9, scores),
                new PacketPoint(0.2, null, "none", 1000, 0.182, 0.185, 0.02, 0.7, scores),
                new PacketPoint(0.2, 2, "predict", 1000, 0.2, 0.2, 0.4, 0.8, scores),
            ],
        };
    }
}
