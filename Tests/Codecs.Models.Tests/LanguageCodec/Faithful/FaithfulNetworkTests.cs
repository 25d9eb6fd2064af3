using Codecs.Models.Faithful;
using Codecs.Models.LanguageCodec.Faithful;
using Codecs.Models.LanguageCodec.Faithful.Networks;
using Codecs.Models.Tests.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

public sealed class FaithfulNetworkTests(ReleasedShapeCodec released) : IClassFixture<ReleasedShapeCodec>
{
    // Codebook by codebook, ten frames each.
    private static readonly short[][] s_codes =
    [
        [672, 215, 15, 124, 114, 152, 114, 422, 722, 638],
        [1011, 53, 877, 894, 225, 882, 503, 70, 877, 134],
        [728, 1004, 422, 771, 504, 771, 274, 32, 81, 771],
        [996, 253, 98, 22, 55, 780, 163, 576, 587, 87],
        [860, 117, 824, 815, 191, 644, 27, 746, 451, 257],
        [506, 15, 181, 679, 871, 700, 712, 177, 386, 132],
        [1008, 404, 573, 221, 807, 138, 42, 916, 740, 37],
        [66, 885, 997, 935, 21, 589, 740, 161, 803, 772],
    ];

    private static readonly short[] s_frames = [.. Enumerable.Range(0, 10).SelectMany(t => s_codes.Select(layer => layer[t]))];

    [Fact]
    public void TheEncoderGivesTheGoldenNumbersAtEveryStage()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        SeanetEncoder encoder = released.Codec.Network.Encoder;
        Tensor signal = tensor(SyntheticSpeechWeights.Tone(3200), [1, 1, 3200]);

        Tensor first = encoder.FrontLayers[0].Forward(signal);
        Assert.Equal([1, 32, 3200], first.shape);
        Near.Equal([0.072643, 0.038835, -0.062782, -0.161407, -0.18548], first[0, 0, ..5]);
        Near.Equal([0.100549, 0.118614, 0.15371], first[0, 31, 3197..]);

        Tensor block = encoder.FrontLayers[1].Forward(first);
        Near.Equal([-0.215059, -0.285874, -0.224903, -0.186091], block[0, 0, ..4]);

        Tensor halved = encoder.FrontLayers[3].Forward(encoder.FrontLayers[2].Forward(block));
        Assert.Equal([1, 64, 1600], halved.shape);
        Near.Equal([0.134068, 0.160992, 0.092769, 0.09911], halved[0, 0, ..4]);

        using LstmState state = encoder.Recurrent.NewState(CPU);
        Tensor z = encoder.Back.Forward(encoder.Recurrent.Forward(encoder.Front.Forward(signal), state));
        Assert.Equal([1, 128, 10], z.shape);
        Near.Equal([0.265914, 0.01187, -0.021908, 0.310933, -0.254818, -0.394731], z[0, ..6, 0]);
        Near.Equal([0.150461, 0.012556, 0.154454, 0.264506, -0.080916, -0.390193], z[0, ..6, 9]);
        Near.Equal([0.180968], z.square().mean().sqrt());
    }

    [Fact]
    public void TheGoldenToneHasTheGoldenCodes()
    {
        FaithfulSpeechCodes codes = released.Codec.Encode(SyntheticSpeechWeights.Tone(3200));

        Assert.Equal((3200, 10, 8), (codes.Samples, codes.Frames, codes.Codebooks));

        // Two vectors may be equally near but for rounding; a flip then changes the residual layers after it in its frame.
        int flips = codes.Values.ToArray().Zip(s_frames).Count(pair => pair.First != pair.Second);
        Assert.True(flips <= 6, $"{flips} of 80 differ: {string.Join(' ', codes.Values.ToArray())}");
    }

    [Fact]
    public void TheDecoderGivesTheGoldenNumbersAtEveryStage()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        FaithfulNetwork network = released.Codec.Network;

        Tensor z = network.Quantizer.Decode(tensor(s_frames, [10, 8]).to(ScalarType.Int64));
        Near.Equal([-0.080044, -0.087655, 0.02646, 0.069587, -0.259068, -0.397983], z[0, ..6, 0]);

        Tensor features = network.Decoder.Backbone(z);
        Assert.Equal([1, 10, 384], features.shape);
        Near.Equal([-1.745884, -1.064532, 1.714828, 1.456094, 1.127282], features[0, 0, ..5]);

        Tensor spectra = network.Decoder.Spectra(features);
        Near.Equal([-0.305439, -0.175227, 1.20013, -0.33776], spectra[0, 0, ..4]);
        Near.Equal([0.767762, 0.143716, 0.345806, -0.18123], spectra[0, 0, 641..645]);

        Tensor sound = tensor(released.Codec.Decode(new FaithfulSpeechCodes(3200, 8, s_frames)));
        Near.Equal([-0.042263, -0.04228, 0.05879, -0.027346, -0.004818, 0.022655], sound[..6]);
        Near.Equal([0.028983, 0.031771, -0.01955, -0.010154, -0.043102, 0.051858], sound[1600..1606]);
        Near.Equal([0.032412], sound.square().mean().sqrt());
    }

    [Theory]
    [InlineData(StateNames.Encoder, 7_425_792)]
    [InlineData(StateNames.Codebooks, 1_048_576)]
    [InlineData(StateNames.Backbone, 11_061_888)]
    [InlineData("head.out", 493_570)]
    public void EachPartHasItsNumberOfParameters(string prefix, long parameters) => Assert.Equal(
        parameters, ShapeRecorder.Count(FaithfulNetwork.Shapes(FaithfulLanguageCodecConfig.Released), n => n.StartsWith(prefix, StringComparison.Ordinal)));

    [Fact]
    public void TogetherTheyAreAllParameters() => Assert.Equal(
        7_425_792 + 1_048_576 + 11_061_888 + 493_570, FaithfulLanguageCodec.CountParameters(FaithfulLanguageCodecConfig.Released));

    [Fact]
    public void TensorsHaveTheirOfficialNames()
    {
        IReadOnlyDictionary<string, long[]> shapes = FaithfulNetwork.Shapes(FaithfulLanguageCodecConfig.Released);

        Assert.Equal([128, 64, 8], shapes["feature_extractor.encodec.encoder.model.6.conv.conv.weight_v"]);
        Assert.Equal([256, 1, 1], shapes["feature_extractor.encodec.encoder.model.9.conv.conv.weight_g"]);
        Assert.Equal([256, 128, 1], shapes["feature_extractor.encodec.encoder.model.10.block.3.conv.conv.weight_v"]);
        Assert.Equal([256], shapes["feature_extractor.encodec.encoder.model.10.shortcut.conv.conv.bias"]);
        Assert.Equal([512, 256, 16], shapes["feature_extractor.encodec.encoder.model.12.conv.conv.weight_v"]);
        Assert.Equal([2048, 512], shapes["feature_extractor.encodec.encoder.model.13.lstm.weight_hh_l1"]);
        Assert.Equal([128, 512, 7], shapes["feature_extractor.encodec.encoder.model.15.conv.conv.weight_v"]);
        Assert.Equal([1024, 128], shapes["feature_extractor.encodec.quantizer.vq.layers.7._codebook.embed"]);
        Assert.Equal([384, 1, 7], shapes["backbone.convnext.11.dwconv.weight"]);
        Assert.Equal([4, 384], shapes["backbone.convnext.0.norm.shift.weight"]);
        Assert.Equal([1282, 384], shapes["head.out.weight"]);
        Assert.Equal([1280], shapes["head.istft.window"]);
    }
}
