using System.Text;
using System.Text.Json.Nodes;

namespace Codecs.Evaluation.Tests.Results;

public sealed class EvaluationJsonTests
{
    [Fact]
    public void WhatWasReadIsWrittenAgainByteForByte()
    {
        byte[] first = EvaluationJson.ToBytes(Samples.TwoCurves());
        EvaluationResult read = EvaluationJson.FromBytes(first, "results.json");

        Assert.Equal(first, EvaluationJson.ToBytes(read));
        Assert.Equal("made up ünïcode", read.DataSet);
        Assert.Equal(0.4, read.Codecs[0].Points[1].BitsPerPixel);
        Assert.Equal(new PictureMeasurement(1001, 31, 0.95, 0.25, 0.125) { Scores = Samples.Scores(0.4) }, read.Codecs[0].Points[1].Pictures[0]);
    }

    [Fact]
    public void AnExactReproductionIsNull()
    {
        byte[] json = EvaluationJson.ToBytes(Samples.Result(Samples.Curve("png", true, (8, null, null))));

        JsonNode point = JsonNode.Parse(json)!["codecs"]![0]!["points"]![0]!;
        Assert.Null(point["psnrDb"]);
        Assert.Null(EvaluationJson.FromBytes(json, "x").Codecs[0].Points[0].Pictures[0].PsnrDb);
    }

    // Stored results outlive the program: a key that changes its name needs a new schema version.
    [Fact]
    public void TheKeysStayAsTheyAre()
    {
        JsonNode root = JsonNode.Parse(EvaluationJson.ToBytes(Samples.TwoCurves()))!;

        Assert.Equal("schema schemaVersion dataSet created software machine pictures skipped codecs comparisons equalBytes", Keys(root));
        Assert.Equal("name width height sha256", Keys(root["pictures"]![0]!));
        Assert.Equal("name reason", Keys(root["skipped"]![0]!));
        Assert.Equal("name description settingName isAnchor points psnrAtRates", Keys(root["codecs"]![0]!));
        Assert.Equal("setting bitsPerPixel psnrDb msSsim msSsimDb encodeSeconds decodeSeconds pictures scores", Keys(root["codecs"]![0]!["points"]![0]!));
        Assert.Equal("bytes psnrDb msSsim encodeSeconds decodeSeconds scores", Keys(root["codecs"]![0]!["points"]![0]!["pictures"]![0]!));
        Assert.Equal("bitsPerPixel psnrDb", Keys(root["codecs"]![0]!["psnrAtRates"]![0]!));
        Assert.Equal("haarPsi dss ssimulacra2 mdsi gmsd", Keys(root["codecs"]![0]!["points"]![0]!["scores"]!));
        Assert.Equal(
            "codec anchor bdRatePsnrPercent bdRateMsSsimPercent bdPsnrDb bdRateHaarPsiPercent bdRateDssPercent bdRateSsimulacra2Percent bdRateMdsiPercent bdRateGmsdPercent",
            Keys(root["comparisons"]![0]!));
        Assert.Equal(1, root["schemaVersion"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"schema":"other","schemaVersion":1}""")]
    [InlineData("""{"schema":"codecs-eval","schemaVersion":1}""")]
    [InlineData("""{"schema":"codecs-eval","schemaVersion":0}""", true)]
    [InlineData("""{"schema":"codecs-eval","schemaVersion":2}""", true)]
    public void ForeignFilesAreRefusedWithOurErrors(string json, bool unsupported = false)
    {
        Exception? error = Record.Exception(() => EvaluationJson.FromBytes(Encoding.UTF8.GetBytes(json), "old.json"));

        Assert.Equal(unsupported ? typeof(UnsupportedBitstreamException) : typeof(InvalidBitstreamException), error?.GetType());
        Assert.Contains("old.json", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANullWhereAValueBelongsIsRefused()
    {
        string json = Encoding.UTF8.GetString(EvaluationJson.ToBytes(Samples.TwoCurves()));
        JsonNode root = JsonNode.Parse(json)!;
        root["codecs"]![0]!["points"] = null;

        Assert.Throws<InvalidBitstreamException>(() => EvaluationJson.FromBytes(Encoding.UTF8.GetBytes(root.ToJsonString()), "old.json"));
    }

    [Fact]
    public void ResultsOnSoundsAreAKindOfTheirOwn()
    {
        byte[] json = EvaluationJson.ToBytes(Samples.TwoAudioCurves());
        JsonNode root = JsonNode.Parse(json)!;

        Assert.Equal(json, EvaluationJson.ToBytes(EvaluationJson.AudioFromBytes(json, "results.json")));
        Assert.Equal("schema schemaVersion dataSet created software machine speech sounds skipped codecs comparisons", Keys(root));
        Assert.Equal("codecs-eval-audio", root["schema"]!.GetValue<string>());
        Assert.Equal("name sampleRate channels samples sha256", Keys(root["sounds"]![0]!));
        Assert.Equal("name description settingName isAnchor points scoresAtRates", Keys(root["codecs"]![0]!));
        JsonNode point = root["codecs"]![0]!["points"]![0]!;
        Assert.Equal("setting kbitPerSecond scores encodeSeconds decodeSeconds sounds encodeSpeed decodeSpeed", Keys(point));
        Assert.Equal(
            "psnrDb siSdrDb segmentalSnrDb melDistance melTrainingDistance stftDistance logSpectralDistanceDb speechMos stoi estoi", Keys(point["scores"]!));
        Assert.Equal("bytes scores encodeSeconds decodeSeconds", Keys(point["sounds"]![0]!));
        Assert.Equal("kbitPerSecond scores", Keys(root["codecs"]![0]!["scoresAtRates"]![0]!));
        Assert.Equal("codec anchor bdRateMelPercent bdRatePsnrPercent bdRateStoiPercent bdRateSpeechMosPercent", Keys(root["comparisons"]![0]!));
        Assert.Throws<InvalidBitstreamException>(() => EvaluationJson.FromBytes(json, "results.json"));
        Assert.Throws<InvalidBitstreamException>(() => EvaluationJson.AudioFromBytes(EvaluationJson.ToBytes(Samples.TwoCurves()), "results.json"));
    }

    [Fact]
    public void ResultsOnVideosAreAKindOfTheirOwn()
    {
        byte[] json = EvaluationJson.ToBytes(Samples.TwoVideoCurves());
        JsonNode root = JsonNode.Parse(json)!;

        Assert.Equal(json, EvaluationJson.ToBytes(EvaluationJson.VideoFromBytes(json, "results.json")));
        Assert.Equal("schema schemaVersion dataSet created software machine clips skipped codecs comparisons", Keys(root));
        Assert.Equal("codecs-eval-video", root["schema"]!.GetValue<string>());
        Assert.Equal("name width height frames framesPerSecond sha256", Keys(root["clips"]![0]!));
        Assert.Equal("name description settingName isAnchor points", Keys(root["codecs"]![0]!));
        JsonNode point = root["codecs"]![0]!["points"]![0]!;
        Assert.Equal("setting bitsPerPixel kbitPerSecond psnrYuvDb psnrYDb psnrRgbDb msSsim encodeSecondsPerFrame decodeSecondsPerFrame clips", Keys(point));
        Assert.Equal("bytes bitsPerPixel psnrYuvDb psnrYDb psnrRgbDb msSsim encodeSeconds decodeSeconds", Keys(point["clips"]![0]!));
        JsonNode comparison = root["comparisons"]![0]!;
        Assert.Equal("codec anchor mean clips", Keys(comparison));
        Assert.Equal("bdRatePsnrYuvPercent bdRatePsnrRgbPercent bdRateMsSsimPercent atEqualPsnrYuv", Keys(comparison["clips"]![1]!));
        Assert.Equal("setting ratio", Keys(comparison["mean"]!["atEqualPsnrYuv"]![0]!));
        Assert.Throws<InvalidBitstreamException>(() => EvaluationJson.VideoFromBytes(EvaluationJson.ToBytes(Samples.TwoCurves()), "results.json"));
    }

    [Fact]
    public void AComparisonAtEqualBytesIsReadAgain()
    {
        byte[] first = EvaluationJson.ToBytes(Samples.WithEqualBytes());
        JsonNode point = JsonNode.Parse(first)!["equalBytes"]![0]!;

        Assert.Equal(first, EvaluationJson.ToBytes(EvaluationJson.FromBytes(first, "results.json")));
        Assert.Equal("codec settingName setting entries", Keys(point));
        Assert.Equal("name meanBytes bitsPerPixel tooLarge psnrDb msSsim scores wins files", Keys(point["entries"]![1]!));
        Assert.Equal("psnr msSsim haarPsi dss ssimulacra2 mdsi gmsd", Keys(point["entries"]![1]!["wins"]!));
        Assert.Equal("setting reduction measurement", Keys(point["entries"]![1]!["files"]![0]!));
    }

    // Files of the first versions have PSNR and MS-SSIM alone, and are still baselines.
    [Fact]
    public void ResultsOfEarlierVersionsAreRead()
    {
        JsonNode root = JsonNode.Parse(EvaluationJson.ToBytes(Samples.TwoCurves()))!;
        Assert.True(root.AsObject().Remove("equalBytes"));
        foreach (JsonNode? point in root["codecs"]!.AsArray().SelectMany(c => c!["points"]!.AsArray()))
        {
            Assert.True(point!.AsObject().Remove("scores") && point["pictures"]![0]!.AsObject().Remove("scores"));
        }

        EvaluationResult read = EvaluationJson.FromBytes(Encoding.UTF8.GetBytes(root.ToJsonString()), "old.json");

        Assert.Null(read.EqualBytes);
        Assert.Null(read.Codecs[0].Points[0].Scores);
        Assert.Null(CurveComparer.Compare(Samples.TwoCurves().Codecs[0], read.Codecs[1]).BdRateHaarPsiPercent);
    }

    // Files of the first versions have neither speeds nor comparisons of speech, and are still baselines.
    [Fact]
    public void ResultsOnSoundsOfEarlierVersionsAreRead()
    {
        JsonNode root = JsonNode.Parse(EvaluationJson.ToBytes(Samples.TwoSpeechCurves()))!;
        foreach (JsonNode? point in root["codecs"]!.AsArray().SelectMany(c => c!["points"]!.AsArray()))
        {
            Assert.True(point!.AsObject().Remove("encodeSpeed") && point.AsObject().Remove("decodeSpeed"));
        }

        Assert.True(root["comparisons"]![0]!.AsObject().Remove("bdRateStoiPercent"));
        AudioEvaluationResult read = EvaluationJson.AudioFromBytes(Encoding.UTF8.GetBytes(root.ToJsonString()), "old.json");

        Assert.Null(read.Codecs[0].Points[0].EncodeSpeed);
        Assert.Null(read.Comparisons[0].BdRateStoiPercent);
        Assert.NotNull(read.Comparisons[0].BdRateSpeechMosPercent);
    }

    private static string Keys(JsonNode node) => string.Join(' ', node.AsObject().Select(p => p.Key));
}
