using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec.Faithful;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

public sealed class FaithfulLanguageCodecImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codecs-models-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // As PyTorch Lightning saves it: training state, discriminators and the decoder that nothing uses lie between the weights.
    [Fact]
    public void AnImportedCodecDoesWhatTheDirectlyFilledOneDoes()
    {
        string checkpoint = Path.Combine(_folder, "small.ckpt"), weights = Path.Combine(_folder, "small.safetensors");
        Dictionary<string, SafetensorsTensor> state = SyntheticSpeechWeights.Create(SyntheticSpeechWeights.Small);
        File.WriteAllBytes(checkpoint, CheckpointBuilder.Save("state_dict", [
            .. state.Values.Select(t => (t.Name, t.Shape.ToArray(), t.ToFloats())),
            ("feature_extractor.encodec.decoder.model.3.convtr.convtr.weight_v", [2], [1, 2]),
            ("feature_extractor.encodec.quantizer.vq.layers.0._codebook.inited", [1], [1]),
            ("feature_extractor.encodec.quantizer.vq.layers.0._codebook.cluster_size", [2], [1, 2]),
            ("feature_extractor.encodec.quantizer.vq.layers.0._codebook.embed_avg", [2], [1, 2]),
            ("multiperioddisc.discriminators.0.convs.0.bias", [1], [1]),
            ("melspec_loss.mel_spec.spectrogram.window", [1], [1])]));
        float[] tone = SyntheticSpeechWeights.Tone(5000);

        ImportedModel import = CheckpointImport.Read(checkpoint);
        import.Save(weights);
        using FaithfulLanguageCodec imported = FaithfulLanguageCodec.Load(weights), filled = SyntheticSpeechWeights.Open(SyntheticSpeechWeights.Small);
        FaithfulSpeechCodes codes = imported.Encode(tone), direct = filled.Encode(tone);

        Assert.Equal("language-codec-faithful", import.Architecture);
        Assert.Equal(FaithfulLanguageCodec.CountParameters(SyntheticSpeechWeights.Small), import.ParameterCount);
        Assert.Equal(state.Keys.Order(StringComparer.Ordinal), import.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(SyntheticSpeechWeights.Small, imported.Config);
        Assert.Equal(direct.Values.ToArray(), codes.Values.ToArray());
        Assert.True(codes.Values.ToArray().Distinct().Count() > 3);
        Assert.Equal(filled.Decode(direct), imported.Decode(codes));
    }

    [Fact]
    public void WeightsThatDoNotFitAreNamed()
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticSpeechWeights.Create(SyntheticSpeechWeights.Small);
        const string bias = "backbone.embed.bias", gain = "feature_extractor.encodec.encoder.model.1.shortcut.conv.conv.weight_g";
        state.Remove(bias);
        state[gain] = SafetensorsTensor.Create<float>(gain, [1, 2, 1], [1, 1]);
        state["backbone.pos_net.0.weight"] = SafetensorsTensor.Create<float>("backbone.pos_net.0.weight", [1], [0]);

        string message = Assert.Throws<ModelMismatchException>(() => FaithfulLanguageCodecImport.Create(state, "x.ckpt")).Message;

        Assert.Contains($"1 missing: {bias}", message, StringComparison.Ordinal);
        Assert.Contains("1 unexpected: backbone.pos_net.0.weight", message, StringComparison.Ordinal);
        Assert.Contains($"{gain} F32 [1, 2, 1], expected floats [2, 1, 1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACodebookOfAnotherSizeIsNamed()
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticSpeechWeights.Create(SyntheticSpeechWeights.Small);
        string last = StateNames.Codebook(4);
        state[last] = SafetensorsTensor.Create<float>(last, [15, 7], new float[105]);

        Assert.Contains(last, Assert.Throws<ModelMismatchException>(() => FaithfulLanguageCodecImport.Create(state, "x.ckpt")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherWindowIsRefused()
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticSpeechWeights.Create(SyntheticSpeechWeights.Small);
        ImportedModel import = FaithfulLanguageCodecImport.Create(state, "x.ckpt");
        state[StateNames.Window] = SafetensorsTensor.Create<float>(StateNames.Window, [1280], Enumerable.Repeat(1f, 1280).ToArray());

        Assert.Contains("Hann", Assert.Throws<ModelMismatchException>(() => FaithfulLanguageCodecImport.Create(state, "x.ckpt")).Message, StringComparison.Ordinal);
        Assert.Contains("Hann", Assert.Throws<ModelMismatchException>(
            () => FaithfulLanguageCodec.Create(SafetensorsFile.Read(SafetensorsWriter.ToArray([.. state.Values], import.Metadata)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AConfigurationHasNoMeaning()
    {
        string checkpoint = Path.Combine(_folder, "small.ckpt");
        File.WriteAllBytes(checkpoint, CheckpointBuilder.Save("state_dict", [(StateNames.Codebook(0), [1, 1], [0])]));

        Assert.Contains("x.json", Assert.Throws<ModelMismatchException>(() => CheckpointImport.Read(checkpoint, "x.json")).Message, StringComparison.Ordinal);
        Assert.Contains("model.0.conv.conv.weight_v", Assert.Throws<ModelMismatchException>(() => CheckpointImport.Read(checkpoint)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkThatNobodyKnowsIsRefused()
    {
        string checkpoint = Path.Combine(_folder, "other.pth");
        File.WriteAllBytes(checkpoint, CheckpointBuilder.Save("state_dict", [("fc.weight", [1], [0])]));

        string message = Assert.Throws<ModelMismatchException>(() => CheckpointImport.Read(checkpoint)).Message;

        Assert.Contains("fc.weight", message, StringComparison.Ordinal);
        Assert.All(CheckpointImport.Known, known => Assert.Contains(known, message, StringComparison.Ordinal));
    }
}
