using System.Runtime.InteropServices;
using System.Text;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Formats.Weights;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class FaithfulVqganImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codecs-models-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnImportedCodecDoesWhatTheDirectlyFilledOneDoes()
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        string checkpoint = At("last.ckpt"), weights = At("last.safetensors");
        File.WriteAllBytes(checkpoint, SaveAsLightning([
            .. state.Values, Other("loss.discriminator.main.0.weight"), Other("loss.perceptual_loss.lin0.model.1.weight"),
            Other("quantize.used"), Other("quantize.embedding.cluster_size"), Other("model_ema.decay")]));
        byte[] picture = SyntheticVqganWeights.Picture(14, 9);

        ImportedModel import = CheckpointImport.Read(checkpoint);
        import.Save(weights);
        using FaithfulVqgan imported = FaithfulVqgan.Load(weights), filled = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small);
        FaithfulVqganCodes codes = imported.Encode(picture, 14, 9);

        Assert.Equal("vqgan-taming-1", import.Architecture);
        Assert.Equal(FaithfulVqgan.CountParameters(SyntheticVqganWeights.Small), import.ParameterCount);
        Assert.Equal(state.Keys.Order(StringComparer.Ordinal), import.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(SyntheticVqganWeights.Small, imported.Config);
        Assert.Equal(filled.Encode(picture, 14, 9).Values.ToArray(), codes.Values.ToArray());
        Assert.True(codes.Values.ToArray().Distinct().Count() > 2);
        Assert.Equal(filled.Decode(codes), imported.Decode(codes));
    }

    [Fact]
    public void SafetensorsAreTakenToo()
    {
        SafetensorsTensor[] state = [.. SyntheticVqganWeights.Create(SyntheticVqganWeights.Deep).Values, Other("loss.logvar")];
        SafetensorsWriter.Write(At("converted.safetensors"), state);

        ImportedModel import = CheckpointImport.Read(At("converted.safetensors"));

        Assert.Equal(state.Length - 1, import.Tensors.Count);
        Assert.Equal("converted.safetensors", import.Source);
    }

    [Theory]
    [InlineData("project.yaml", """
        # as the project file of a training run
        model:
          base_learning_rate: 4.5e-6
          target: taming.models.vqgan.VQModel
          params: &params
            embed_dim: 5
            n_embed: 8
            ddconfig:
              double_z: False
              z_channels: 4
              resolution: 64
              in_channels: 3
              out_ch: 3
              ch: 32
              ch_mult: [ 1,1,2]  # num_down = len(ch_mult)-1
              num_res_blocks: 2
              attn_resolutions:
              - 32
              dropout: 0.0
            lossconfig:
              target: taming.modules.losses.vqperceptual.VQLPIPSWithDiscriminator
              params: {disc_conditional: false, disc_start: 10000, ch: 7}
        data:
          params:
            train: *params
            list: [[1, 2], {a: b}, x]
        """)]
    [InlineData("project.json", """
        {"model": {"params": {"embed_dim": 5, "n_embed": 8, "ddconfig": {"z_channels": 4, "resolution": 64, "ch": 32, "ch_mult": [1, 1, 2],
        "num_res_blocks": 2, "attn_resolutions": [32], "attn_type": "vanilla"}}}}
        """)]
    [InlineData("own.json", """{"ch":32,"ch_mult":[1,1,2],"num_res_blocks":2,"attn_resolutions":[32],"resolution":64,"z_channels":4,"embed_dim":5,"n_embed":8}""")]
    public void AConfigurationIsTakenAsPublished(string name, string text)
    {
        File.WriteAllBytes(At("x.ckpt"), SaveAsLightning([.. SyntheticVqganWeights.Create(SyntheticVqganWeights.Deep).Values]));
        File.WriteAllText(At(name), text);

        Assert.Equal(SyntheticVqganWeights.Deep.ToJson(), CheckpointImport.Read(At("x.ckpt"), At(name)).Configuration);
    }

    [Fact]
    public void AConfigurationOfAnotherNetworkNamesWhatDoesNotFit()
    {
        SafetensorsTensor[] state = [.. SyntheticVqganWeights.Create(SyntheticVqganWeights.Deep).Values];

        string message = Assert.Throws<ModelMismatchException>(
            () => FaithfulVqganImport.Create(SyntheticVqganWeights.Deep with { Codes = 9, AttentionResolutions = [16] }, state, "x.ckpt")).Message;

        Assert.Contains("quantize.embedding.weight F32 [8, 5], expected floats [9, 5]", message, StringComparison.Ordinal);
        Assert.Contains("unexpected: decoder.up.1.attn.0.k.bias", message, StringComparison.Ordinal);
        Assert.Contains("missing: decoder.up.2.attn.0.k.bias", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorsThatDoNotFitEachOtherAreNamed()
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        const string shortcut = "encoder.down.1.block.0.nin_shortcut.weight", output = "decoder.conv_out.weight", stray = "decoder.stray";
        state.Remove(shortcut);
        state[output] = SafetensorsTensor.Create<float>(output, [3, 32, 1, 1], new float[96]);
        File.WriteAllBytes(At("x.ckpt"), SaveAsLightning([.. state.Values, Other(stray)]));

        string message = Assert.Throws<ModelMismatchException>(() => CheckpointImport.Read(At("x.ckpt"))).Message;

        Assert.Contains($"1 missing: {shortcut}", message, StringComparison.Ordinal);
        Assert.Contains($"1 unexpected: {stray}", message, StringComparison.Ordinal);
        Assert.Contains($"{output} F32 [3, 32, 1, 1], expected floats [3, 32, 3, 3]", message, StringComparison.Ordinal);
    }

    // A tensor that only code could make is a tensor that is missing.
    [Fact]
    public void ATensorMadeByForeignCodeIsMissing()
    {
        SafetensorsTensor[] state = [.. SyntheticVqganWeights.Create(SyntheticVqganWeights.Small).Values];
        File.WriteAllBytes(At("x.ckpt"), SaveAsLightning(state, foreign: "decoder.conv_out.bias"));

        Assert.Contains("1 missing: decoder.conv_out.bias", Assert.Throws<ModelMismatchException>(() => CheckpointImport.Read(At("x.ckpt"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherAutoencodersAreRefused()
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        state.Remove("quantize.embedding.weight");
        File.WriteAllBytes(At("kl.ckpt"), SaveAsLightning([.. state.Values]));
        File.WriteAllBytes(At("gumbel.ckpt"), SaveAsLightning([.. state.Values, Other("quantize.embed.weight")]));

        Assert.Contains("without a codebook", Assert.Throws<UnsupportedBitstreamException>(() => CheckpointImport.Read(At("kl.ckpt"))).Message, StringComparison.Ordinal);
        Assert.Contains("Gumbel", Assert.Throws<UnsupportedBitstreamException>(() => CheckpointImport.Read(At("gumbel.ckpt"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTruncationOfACheckpointGivesOurError()
    {
        byte[] file = SaveAsLightning([Other("encoder.conv_in.weight"), Other("post_quant_conv.weight"), Other("quantize.embedding.weight")]);
        for (int length = 0; length <= file.Length; length += 7)
        {
            File.WriteAllBytes(At("x.ckpt"), file[..length]);
            Assert.ThrowsAny<CodecException>(() => CheckpointImport.Read(At("x.ckpt")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: b: c")]
    [InlineData("[1, 2")]
    [InlineData("\0")]
    [InlineData("&a [*a]")]
    [InlineData("*a")]
    [InlineData("? [1]\n: 2")]
    [InlineData("model: {params: {ddconfig: {ch: x}}}")]
    [InlineData("{\"ch\": 32, \"ch_mult\": [1, [2]]}")]
    public void MalformedConfigurationsAreRefused(string text) =>
        Assert.Throws<InvalidBitstreamException>(() => VqganProjectFile.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void DepthIsLimited(string opening)
    {
        byte[] deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, 20_000)));

        Assert.ThrowsAny<CodecException>(() => VqganProjectFile.Parse(deep));
        Assert.Throws<LimitExceededException>(() => VqganProjectFile.Parse(new byte[(1 << 20) + 1]));
    }

    [Fact]
    public void AttentionOfAnotherKindIsRefused() => Assert.Throws<UnsupportedBitstreamException>(
        () => VqganProjectFile.Parse(Encoding.UTF8.GetBytes(SyntheticVqganWeights.Deep.ToJson()[..^1] + ",\"attn_type\":\"none\"}")));

    private string At(string name) => Path.Combine(_folder, name);

    private static SafetensorsTensor Other(string name) => SafetensorsTensor.Create<float>(name, [1], [1]);

    // {"epoch", "callbacks" keyed by a class, "state_dict", "optimizer_states"} as version 1.0 saves it.
    private static byte[] SaveAsLightning(SafetensorsTensor[] tensors, string? foreign = null)
    {
        PickleWriter pickle = new PickleWriter().Op("}").Keep().Op("(").Text("epoch").Integer(3)
            .Text("callbacks").Op("}").Keep().Global("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint").Op("}").Keep().Text("best_model_path").Text("x").Op("ss")
            .Text("state_dict").OrderedDictionary().Op("(");
        for (int i = 0; i < tensors.Length; i++)
        {
            pickle.Text(tensors[i].Name);
            _ = tensors[i].Name == foreign
                ? pickle.Global("os", "system").Op("(").Text("touch owned").Op("tR").Keep()
                : pickle.Tensor("FloatStorage", $"{i}", tensors[i].Count, 0, [.. tensors[i].Shape], CheckpointBuilder.Strides([.. tensors[i].Shape]));
        }

        pickle.Op("u}").Keep().Text("_metadata").OrderedDictionary().Op("sb").Text("optimizer_states").Op("]").Keep().Op("u");
        return CheckpointBuilder.Archive(pickle.ToArray(), [.. tensors.Select(t => MemoryMarshal.AsBytes(t.ToFloats().AsSpan()).ToArray())]);
    }
}
